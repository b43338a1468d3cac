-- $1 and $2 bound the start in microseconds, $3 are whole names of
-- repositories, $4 beginnings of names as patterns; both empty is all.
SELECT
  record_id, session, started_us, repository, pull_request, task, agent, status, decided, used, provider, model,
  marks, prompt_tokens, output_tokens, cost_nano, baseline_nano, saved_nano, would_nano, bound_nano, avoided_nano,
  first_cost_nano, next_cost_nano, unpriced, attempts, lowered, raised, refused, refusals, first_tier,
  first_provider, first_model, next_tier, next_provider, next_model, expected, most, actual, class, policy_digest,
  prices_as_of
FROM tierwise_records
WHERE started_us >= $1 AND started_us < $2
  AND (cardinality($3::text[]) + cardinality($4::text[]) = 0 OR repository = ANY ($3::text[]) OR repository LIKE ANY ($4::text[]))
