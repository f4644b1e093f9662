-- Portable. What the gate saw: when it was asked last for each partner's customers, how it answered each key, and of each
-- customer whether the product has heard of its latest state and how often it was turned away. Without references: what
-- was seen may be told after what it is about.

-- seen_seq: up to which event of the partner's log the answers about its customers are waited for.
CREATE TABLE gate_partners (
    partner_id TEXT PRIMARY KEY,
    asked_at BIGINT NOT NULL,
    seen_seq BIGINT NOT NULL
);

CREATE TABLE gate_keys (
    key_id TEXT PRIMARY KEY,
    asked BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    refused_at BIGINT,
    would_refuse BIGINT NOT NULL,
    would_refuse_at BIGINT
);

CREATE TABLE gate_customers (
    partner_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    epoch BIGINT,
    since BIGINT,
    learned_at BIGINT,
    refused BIGINT NOT NULL DEFAULT 0,
    refused_at BIGINT,
    refused_epoch BIGINT,
    PRIMARY KEY (partner_id, customer_id)
);
CREATE INDEX gate_not_learned ON gate_customers (partner_id, since) WHERE epoch IS NOT NULL AND learned_at IS NULL;
