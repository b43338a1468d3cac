-- Only where the address names a cluster. All rows of a repository are on one
-- shard, so that they fold there.
CREATE TABLE IF NOT EXISTS tierwise_records AS tierwise_records_local
ENGINE = Distributed({cluster}, currentDatabase(), tierwise_records_local, intHash64(repo_id));

CREATE TABLE IF NOT EXISTS tierwise_flags AS tierwise_flags_local
ENGINE = Distributed({cluster}, currentDatabase(), tierwise_flags_local, intHash64(repo_id));
