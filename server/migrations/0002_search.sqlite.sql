-- Full-text search for SQLite: trigrams of the search text, kept by the database itself. The numbers of the rows are
-- our own, because VACUUM may renumber those of a table without an integer key.
CREATE TABLE customer_text_rows (
    no INTEGER PRIMARY KEY,
    partner_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    UNIQUE (partner_id, customer_id),
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id)
);
CREATE VIRTUAL TABLE customer_text USING fts5 (
    search_text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1'
);
CREATE TRIGGER customer_text_insert AFTER INSERT ON customers BEGIN
    INSERT INTO customer_text_rows (partner_id, customer_id) VALUES (new.partner_id, new.id);
    INSERT INTO customer_text (rowid, search_text) VALUES (last_insert_rowid(), new.search_text);
END;
CREATE TRIGGER customer_text_update AFTER UPDATE OF search_text ON customers
WHEN old.search_text <> new.search_text BEGIN
    UPDATE customer_text SET search_text = new.search_text
    WHERE rowid = (SELECT no FROM customer_text_rows WHERE partner_id = new.partner_id AND customer_id = new.id);
END;
