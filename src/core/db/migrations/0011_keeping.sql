-- Keeping: what was removed because its time was over stays as a row, so that the card says when instead of failing.

ALTER TABLE attachment ADD COLUMN expired_at INTEGER;
ALTER TABLE raw_message ADD COLUMN expired_at INTEGER;
-- Whether anything still counts on a file is asked for each file that may go.
CREATE INDEX chat_file_by_sha256 ON chat_file (sha256) WHERE sha256 IS NOT NULL;

-- What an administrator is told outside the desk: begun, told, over, told again.
CREATE TABLE admin_alert (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL,
  -- What of its kind, such as the account that is silent; empty where there is only one.
  subject    TEXT NOT NULL DEFAULT '',
  facts      TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(facts)),
  began_at   INTEGER NOT NULL,
  ended_at   INTEGER,
  told_at    INTEGER,
  -- That all is well again.
  over_at    INTEGER
) STRICT;
CREATE UNIQUE INDEX admin_alert_open ON admin_alert (kind, subject) WHERE ended_at IS NULL;
CREATE INDEX admin_alert_untold ON admin_alert (id) WHERE told_at IS NULL OR over_at IS NULL;
