-- How many of the rows in $1 stand under another start, or are the end of a run
-- whose id stands with another end.
SELECT count(DISTINCT x.record_id)
FROM json_to_recordset($1::json) AS x(repo_id bigint, record_id uuid, started_us bigint, finished smallint, body text)
JOIN tierwise_records o ON o.repo_id = x.repo_id AND o.record_id = x.record_id
  AND (o.started_us <> x.started_us OR o.finished = 1 AND x.finished = 1 AND o.body <> x.body)
