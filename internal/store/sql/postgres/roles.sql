-- Least privilege. An administrator runs this once, as the owner of the
-- tables; migrate does not, because making roles is not its right.
--
--   tierwise_writer: collect and replay. It adds records and flags, and puts
--                    the end of a run in the place of its beginning. It cannot
--                    delete, and cannot change a table.
--   tierwise_reader: report. It reads.
CREATE ROLE tierwise_writer NOLOGIN;
CREATE ROLE tierwise_reader NOLOGIN;
GRANT SELECT, INSERT, UPDATE ON tierwise_records TO tierwise_writer;
GRANT SELECT, INSERT ON tierwise_flags TO tierwise_writer;
GRANT SELECT ON tierwise_records, tierwise_flags TO tierwise_reader;
-- Then one login each, for example:
--   CREATE ROLE collector LOGIN PASSWORD '…' IN ROLE tierwise_writer;
--   CREATE ROLE monday LOGIN PASSWORD '…' IN ROLE tierwise_reader;
