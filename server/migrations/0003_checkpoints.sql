-- Portable. Signed statements about where a log stood. Without a reference to partners: after a restore they also say
-- of partners that the restored copy does not have that nothing of their log is left.
CREATE TABLE checkpoints (
    partner_id TEXT NOT NULL,
    stream TEXT NOT NULL,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL,
    at BIGINT NOT NULL,
    continues TEXT,
    replaces TEXT,
    key_id TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (partner_id, stream, seq)
);
