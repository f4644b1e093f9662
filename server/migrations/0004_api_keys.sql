-- Portable. Keys that programs show. Without a reference to partners: the operator's own keys stand here as well, under
-- 'operator' instead of a partner's id, so that there is one place where a key is looked for.
CREATE TABLE api_keys (
    partner_id TEXT NOT NULL,
    id TEXT NOT NULL,
    public_part TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    gate TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by_kind TEXT NOT NULL,
    created_by_id TEXT,
    expires_at BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at BIGINT,
    replaced_by TEXT,
    overlap_until BIGINT,
    -- When a use in vain was told last.
    misuse_told_at BIGINT,
    PRIMARY KEY (partner_id, id)
);
CREATE UNIQUE INDEX api_key_public ON api_keys (public_part);

-- Moves on with every change of a key, so that who holds all keys in memory sees by one number whether to read them again.
CREATE TABLE api_key_changes (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    revision BIGINT NOT NULL
);
INSERT INTO api_key_changes (one, revision) VALUES (1, 0);
