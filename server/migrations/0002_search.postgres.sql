-- PostgreSQL: trigrams for the search text; what lists compare is compared bytewise, as on SQLite.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
ALTER TABLE customers ALTER COLUMN id TYPE TEXT COLLATE "C";
ALTER TABLE customers ALTER COLUMN name_key TYPE TEXT COLLATE "C";
ALTER TABLE users ALTER COLUMN email_key TYPE TEXT COLLATE "C";
ALTER TABLE plans ALTER COLUMN code TYPE TEXT COLLATE "C";
CREATE INDEX customer_text ON customers USING gin (search_text gin_trgm_ops);
