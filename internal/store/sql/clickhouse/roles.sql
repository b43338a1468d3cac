-- Least privilege, for a ClickHouse that has roles in SQL (20.4 and later). An
-- administrator runs this once on each shard; migrate does not, because making
-- roles is not its right. Older servers keep users in users.xml: give the user
-- of report "readonly" 2, a profile that still lets a query set its time-outs.
--
--   tierwise_writer: collect and replay. It looks up what is there, and adds.
--   tierwise_reader: report. It reads.
CREATE ROLE IF NOT EXISTS tierwise_writer;
CREATE ROLE IF NOT EXISTS tierwise_reader;
GRANT SELECT, INSERT ON tierwise_records TO tierwise_writer;
GRANT SELECT, INSERT ON tierwise_records_local TO tierwise_writer;
GRANT SELECT, INSERT ON tierwise_flags TO tierwise_writer;
GRANT SELECT, INSERT ON tierwise_flags_local TO tierwise_writer;
GRANT SELECT ON tierwise_records TO tierwise_reader;
GRANT SELECT ON tierwise_records_local TO tierwise_reader;
GRANT SELECT ON tierwise_flags TO tierwise_reader;
GRANT SELECT ON tierwise_flags_local TO tierwise_reader;
-- Then one login each, for example:
--   CREATE USER collector IDENTIFIED BY '…' DEFAULT ROLE tierwise_writer;
--   CREATE USER monday IDENTIFIED BY '…' DEFAULT ROLE tierwise_reader;
