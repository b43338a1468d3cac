-- $1 is a JSON array of rows. A begun record gives way to its end and nothing
-- else is replaced. An id that stands under another start is refused: the same
-- run cannot have begun twice, and it would count twice. Rows are locked in the
-- order of their keys, so that writers of the same rows wait and never block
-- each other.
INSERT INTO tierwise_records AS kept (
  repo_id, record_id, finished, session, started_us, repository, pull_request, task, agent, status, decided, used,
  provider, model, marks, prompt_tokens, output_tokens, cost_nano, baseline_nano, saved_nano, would_nano, bound_nano,
  avoided_nano, first_cost_nano, next_cost_nano, unpriced, attempts, lowered, raised, refused, refusals, first_tier,
  first_provider, first_model, next_tier, next_provider, next_model, expected, most, actual, class, policy_digest,
  prices_as_of, body
)
SELECT
  x.repo_id, x.record_id, x.finished, x.session, x.started_us, x.repository, x.pull_request, x.task, x.agent,
  x.status, x.decided, x.used, x.provider, x.model, x.marks, x.prompt_tokens, x.output_tokens, x.cost_nano,
  x.baseline_nano, x.saved_nano, x.would_nano, x.bound_nano, x.avoided_nano, x.first_cost_nano, x.next_cost_nano,
  x.unpriced, x.attempts, x.lowered, x.raised, x.refused, x.refusals, x.first_tier, x.first_provider, x.first_model,
  x.next_tier, x.next_provider, x.next_model, x.expected, x.most, x.actual, x.class, x.policy_digest, x.prices_as_of,
  x.body
FROM json_to_recordset($1::json) AS x(
  repo_id bigint, record_id uuid, finished smallint, session uuid, started_us bigint, repository text,
  pull_request bigint, task text, agent text, status text, decided smallint, used smallint, provider text,
  model text, marks smallint, prompt_tokens bigint, output_tokens bigint, cost_nano bigint, baseline_nano bigint,
  saved_nano bigint, would_nano bigint, bound_nano bigint, avoided_nano bigint, first_cost_nano bigint,
  next_cost_nano bigint, unpriced smallint, attempts integer, lowered integer, raised integer, refused integer,
  refusals integer, first_tier smallint, first_provider text, first_model text, next_tier smallint,
  next_provider text, next_model text, expected bigint, most bigint, actual bigint, class text, policy_digest text,
  prices_as_of text, body text
)
WHERE NOT EXISTS (
  SELECT 1 FROM tierwise_records o WHERE o.repo_id = x.repo_id AND o.record_id = x.record_id AND o.started_us <> x.started_us
)
ORDER BY x.repo_id, x.record_id, x.started_us
ON CONFLICT (repo_id, record_id, started_us) DO UPDATE SET
  finished = EXCLUDED.finished, session = EXCLUDED.session, repository = EXCLUDED.repository,
  pull_request = EXCLUDED.pull_request, task = EXCLUDED.task, agent = EXCLUDED.agent, status = EXCLUDED.status,
  decided = EXCLUDED.decided, used = EXCLUDED.used, provider = EXCLUDED.provider, model = EXCLUDED.model,
  marks = EXCLUDED.marks, prompt_tokens = EXCLUDED.prompt_tokens, output_tokens = EXCLUDED.output_tokens,
  cost_nano = EXCLUDED.cost_nano, baseline_nano = EXCLUDED.baseline_nano, saved_nano = EXCLUDED.saved_nano,
  would_nano = EXCLUDED.would_nano, bound_nano = EXCLUDED.bound_nano, avoided_nano = EXCLUDED.avoided_nano,
  first_cost_nano = EXCLUDED.first_cost_nano, next_cost_nano = EXCLUDED.next_cost_nano, unpriced = EXCLUDED.unpriced,
  attempts = EXCLUDED.attempts, lowered = EXCLUDED.lowered, raised = EXCLUDED.raised, refused = EXCLUDED.refused,
  refusals = EXCLUDED.refusals, first_tier = EXCLUDED.first_tier, first_provider = EXCLUDED.first_provider,
  first_model = EXCLUDED.first_model, next_tier = EXCLUDED.next_tier, next_provider = EXCLUDED.next_provider,
  next_model = EXCLUDED.next_model, expected = EXCLUDED.expected, most = EXCLUDED.most, actual = EXCLUDED.actual,
  class = EXCLUDED.class, policy_digest = EXCLUDED.policy_digest, prices_as_of = EXCLUDED.prices_as_of,
  body = EXCLUDED.body
WHERE kept.finished = 0 AND EXCLUDED.finished = 1
