CREATE TABLE batches (
    id VARCHAR(255) NOT NULL PRIMARY KEY,
    exchange BYTEA NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE batches_completed (LIKE batches INCLUDING ALL);
