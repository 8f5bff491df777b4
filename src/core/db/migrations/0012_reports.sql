-- Reports: what they read by time, and what the last comparison with a mailbox found.

-- Letters of an hour are counted without touching a letter.
CREATE INDEX message_by_time ON message (received_at, direction);
-- The journal of a period is exported.
CREATE INDEX journal_by_time ON journal (at);

-- The last comparison of a folder's UIDs with what is stored, told with its moment while the server cannot be asked.
CREATE TABLE mail_census (
  folder_id   INTEGER PRIMARY KEY REFERENCES mail_folder (id) ON DELETE CASCADE,
  uidvalidity TEXT NOT NULL,
  taken_at    INTEGER NOT NULL,
  result      TEXT NOT NULL CHECK (json_valid(result))
) STRICT;

-- What was set aside is a handful; finding it must not walk every incident there ever was.
CREATE INDEX incident_dismissed ON incident (urgency_at, id) WHERE dismissed_at IS NOT NULL;
