-- Portable: the same text runs on SQLite and PostgreSQL. Time in Unix milliseconds, money in minor units, identifiers,
-- codes and digests as text. Keys start with the partner. A column that lists sort by is never NULL: "unknown" is the
-- smallest BIGINT, so that keyset paging can compare it.

CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE partners (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    product TEXT NOT NULL,
    currency TEXT NOT NULL,
    language TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    brand_color TEXT NOT NULL,
    contact_link TEXT,
    pay_link TEXT,
    created_at BIGINT NOT NULL,
    last_seq BIGINT NOT NULL DEFAULT 0,
    last_hash TEXT NOT NULL DEFAULT '',
    active_count BIGINT NOT NULL DEFAULT 0 CHECK (active_count >= 0),
    suspended_count BIGINT NOT NULL DEFAULT 0 CHECK (suspended_count >= 0),
    closed_count BIGINT NOT NULL DEFAULT 0 CHECK (closed_count >= 0)
);

CREATE TABLE users (
    partner_id TEXT NOT NULL REFERENCES partners (id),
    id TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT,
    disabled BOOLEAN NOT NULL,
    language TEXT,
    time_zone TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (partner_id, id)
);
CREATE UNIQUE INDEX user_email ON users (email_key);

CREATE TABLE login_links (
    token_hash TEXT PRIMARY KEY,
    partner_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    FOREIGN KEY (partner_id, user_id) REFERENCES users (partner_id, id)
);
CREATE INDEX login_link_of_user ON login_links (partner_id, user_id);

CREATE TABLE sessions (
    id_hash TEXT PRIMARY KEY,
    partner_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    notice TEXT,
    FOREIGN KEY (partner_id, user_id) REFERENCES users (partner_id, id)
);
CREATE INDEX session_of_user ON sessions (partner_id, user_id);
CREATE INDEX session_expiry ON sessions (expires_at);

CREATE TABLE plans (
    partner_id TEXT NOT NULL REFERENCES partners (id),
    id TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    display_name TEXT,
    rank BIGINT NOT NULL,
    currency TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'inactive', 'archived')),
    recommended BOOLEAN NOT NULL,
    PRIMARY KEY (partner_id, id)
);
CREATE UNIQUE INDEX plan_code ON plans (partner_id, code);

CREATE TABLE plan_versions (
    partner_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    price_month BIGINT,
    price_year BIGINT,
    limits TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (partner_id, plan_id, version),
    FOREIGN KEY (partner_id, plan_id) REFERENCES plans (partner_id, id)
);

CREATE TABLE customers (
    partner_id TEXT NOT NULL REFERENCES partners (id),
    id TEXT NOT NULL,
    external_id TEXT NOT NULL,
    name TEXT,
    email TEXT,
    phone TEXT,
    country TEXT,
    language TEXT,
    lifecycle TEXT NOT NULL CHECK (lifecycle IN ('open', 'closed')),
    joined_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    plan_revision BIGINT NOT NULL,
    access_revision BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    access_by_kind TEXT,
    access_by_id TEXT,
    access_at BIGINT,
    access_command TEXT,
    -- What follows is derived from the account, for lists.
    name_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'suspended', 'closed')),
    plan_id TEXT NOT NULL,
    plan_version BIGINT NOT NULL,
    plan_rank BIGINT NOT NULL,
    cycle TEXT NOT NULL CHECK (cycle IN ('month', 'year')),
    price BIGINT,
    currency TEXT,
    price_month BIGINT NOT NULL,
    plan_since BIGINT NOT NULL,
    earlier_plans BIGINT NOT NULL,
    usage_limit TEXT,
    usage_allowed TEXT,
    usage_used BIGINT,
    usage_as_of BIGINT,
    usage_permille BIGINT NOT NULL,
    suspension_id TEXT,
    suspension_reason TEXT,
    suspended_since BIGINT,
    suspended_by_kind TEXT,
    suspended_by_id TEXT,
    suspended_until BIGINT,
    in_force TEXT NOT NULL,
    due_at BIGINT,
    PRIMARY KEY (partner_id, id),
    FOREIGN KEY (partner_id, plan_id) REFERENCES plans (partner_id, id),
    CHECK ((status = 'suspended') = (suspended_since IS NOT NULL))
);
CREATE UNIQUE INDEX customer_external_id ON customers (partner_id, external_id);
CREATE INDEX customer_due ON customers (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE assignments (
    partner_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    plan_id TEXT NOT NULL,
    plan_version BIGINT NOT NULL,
    cycle TEXT NOT NULL CHECK (cycle IN ('month', 'year')),
    price BIGINT,
    currency TEXT,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    cause TEXT NOT NULL,
    restores BIGINT,
    actor_kind TEXT NOT NULL,
    actor_id TEXT,
    reason TEXT,
    command_id TEXT NOT NULL,
    PRIMARY KEY (partner_id, customer_id, seq),
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id)
);
CREATE UNIQUE INDEX assignment_open ON assignments (partner_id, customer_id) WHERE ended_at IS NULL;

CREATE TABLE suspensions (
    partner_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    id TEXT NOT NULL,
    -- Order of opening while open, of closing once a command has closed it.
    place BIGINT NOT NULL,
    closed_by TEXT,
    reason TEXT NOT NULL,
    kind TEXT NOT NULL,
    note TEXT,
    customer_message TEXT,
    placed_by_kind TEXT NOT NULL,
    placed_by_id TEXT,
    placed_at BIGINT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT,
    in_force BOOLEAN NOT NULL,
    command_id TEXT NOT NULL,
    PRIMARY KEY (partner_id, customer_id, id),
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id)
);
CREATE UNIQUE INDEX suspension_open ON suspensions (partner_id, customer_id, kind) WHERE closed_by IS NULL;

CREATE TABLE usages (
    partner_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    limit_name TEXT NOT NULL,
    used BIGINT NOT NULL,
    as_of BIGINT NOT NULL,
    PRIMARY KEY (partner_id, customer_id, limit_name),
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id)
);

CREATE TABLE events (
    partner_id TEXT NOT NULL REFERENCES partners (id),
    seq BIGINT NOT NULL,
    command_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT,
    kind TEXT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    private TEXT,
    salt TEXT,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (partner_id, seq)
);
CREATE INDEX event_customer ON events (partner_id, customer_id, seq);
CREATE INDEX event_kind ON events (partner_id, kind, seq);
CREATE INDEX event_actor ON events (partner_id, actor_kind, actor_id, seq);
CREATE INDEX event_at ON events (partner_id, at);

CREATE TABLE answers (
    partner_id TEXT NOT NULL REFERENCES partners (id),
    scope TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    command_id TEXT NOT NULL,
    first_seq BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (partner_id, scope, idempotency_key)
);
CREATE INDEX answer_age ON answers (partner_id, created_at);

CREATE TABLE imports (
    partner_id TEXT NOT NULL REFERENCES partners (id),
    id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    finished_at BIGINT,
    done BIGINT NOT NULL,
    PRIMARY KEY (partner_id, id)
);
CREATE INDEX import_file ON imports (partner_id, fingerprint);

-- One walk per sort order; the short list of suspended customers has its own, the long one of active customers is
-- walked with the whole.
CREATE INDEX customer_by_name ON customers (partner_id, name_key, id);
CREATE INDEX customer_by_plan ON customers (partner_id, plan_rank, id);
CREATE INDEX customer_by_price ON customers (partner_id, price_month, id);
CREATE INDEX customer_by_usage ON customers (partner_id, usage_permille, id);
CREATE INDEX customer_by_joined ON customers (partner_id, joined_at, id);
CREATE INDEX customer_by_seen ON customers (partner_id, last_seen_at, id);
CREATE INDEX suspended_by_name ON customers (partner_id, name_key, id) WHERE status = 'suspended';
CREATE INDEX suspended_by_plan ON customers (partner_id, plan_rank, id) WHERE status = 'suspended';
CREATE INDEX suspended_by_since ON customers (partner_id, suspended_since, id) WHERE status = 'suspended';
