-- $1 is a JSON array of rows. Flags are only ever added.
INSERT INTO tierwise_flags (repo_id, flag_id, at_us, repository, record_id, task, pull_request, verdict, source, body)
SELECT x.repo_id, x.flag_id, x.at_us, x.repository, x.record_id, x.task, x.pull_request, x.verdict, x.source, x.body
FROM json_to_recordset($1::json) AS x(
  repo_id bigint, flag_id uuid, at_us bigint, repository text, record_id uuid, task text, pull_request bigint,
  verdict text, source text, body text
)
ORDER BY x.repo_id, x.flag_id
ON CONFLICT (repo_id, flag_id) DO NOTHING
