-- Plain SQL: declarative partitions by time, and keys that begin with repo_id,
-- so that Citus, YugabyteDB or CockroachDB can shard by it. On Citus, after the
-- first migrate: SELECT create_distributed_table('tierwise_records', 'repo_id');
-- and the same for tierwise_flags.
CREATE TABLE tierwise_records (
  repo_id bigint NOT NULL, record_id uuid NOT NULL, finished smallint NOT NULL, session uuid NOT NULL,
  started_us bigint NOT NULL, repository text NOT NULL, pull_request bigint NOT NULL, task text NOT NULL, agent text NOT NULL,
  status text NOT NULL, decided smallint NOT NULL, used smallint NOT NULL, provider text NOT NULL, model text NOT NULL,
  marks smallint NOT NULL, prompt_tokens bigint NOT NULL, output_tokens bigint NOT NULL,
  cost_nano bigint, baseline_nano bigint, saved_nano bigint, would_nano bigint, bound_nano bigint, avoided_nano bigint,
  first_cost_nano bigint, next_cost_nano bigint, unpriced smallint NOT NULL,
  attempts integer NOT NULL, lowered integer NOT NULL, raised integer NOT NULL, refused integer NOT NULL, refusals integer NOT NULL,
  first_tier smallint NOT NULL, first_provider text NOT NULL, first_model text NOT NULL,
  next_tier smallint NOT NULL, next_provider text NOT NULL, next_model text NOT NULL,
  expected bigint NOT NULL, most bigint NOT NULL, actual bigint NOT NULL, class text NOT NULL,
  policy_digest text NOT NULL, prices_as_of text NOT NULL, body text NOT NULL,
  -- A key of a partitioned table must hold what it is partitioned by. A begun
  -- record and its end have the same start, so they still meet.
  PRIMARY KEY (repo_id, record_id, started_us)
) PARTITION BY RANGE (started_us);

-- Months without a partition of their own land here; migrate moves them out.
CREATE TABLE tierwise_records_default PARTITION OF tierwise_records DEFAULT;

CREATE TABLE tierwise_flags (
  repo_id bigint NOT NULL, flag_id uuid NOT NULL, at_us bigint NOT NULL, repository text NOT NULL, record_id uuid NOT NULL,
  task text NOT NULL, pull_request bigint NOT NULL, verdict text NOT NULL, source text NOT NULL, body text NOT NULL,
  PRIMARY KEY (repo_id, flag_id)
);
