-- Rows of one key are folded by finished: the end of a run takes the place of
-- its beginning. Folding happens at some time: readers of entries use FINAL, and
-- a report folds what is not folded yet, so that nothing counts twice.
CREATE TABLE IF NOT EXISTS tierwise_records_local (
  repo_id Int64, record_id FixedString(32), finished UInt8, session FixedString(32), started_us Int64,
  started DateTime('UTC'), repository String, pull_request Int64, task String, agent String, status String,
  decided Int16, used Int16, provider String, model String, marks Int16, prompt_tokens Int64, output_tokens Int64,
  cost_nano Nullable(Int64), baseline_nano Nullable(Int64), saved_nano Nullable(Int64), would_nano Nullable(Int64),
  bound_nano Nullable(Int64), avoided_nano Nullable(Int64), first_cost_nano Nullable(Int64),
  next_cost_nano Nullable(Int64), unpriced Int16, attempts Int32, lowered Int32, raised Int32, refused Int32,
  refusals Int32, first_tier Int16, first_provider String, first_model String, next_tier Int16, next_provider String,
  next_model String, expected Int64, most Int64, actual Int64, class String, policy_digest String,
  prices_as_of String, body String
) ENGINE = ReplacingMergeTree(finished)
PARTITION BY toYYYYMM(started)
ORDER BY (repo_id, record_id);

CREATE TABLE IF NOT EXISTS tierwise_flags_local (
  repo_id Int64, flag_id FixedString(32), at_us Int64, at DateTime('UTC'), repository String, record_id FixedString(32),
  task String, pull_request Int64, verdict String, source String, body String
) ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (repo_id, flag_id);
