CREATE TABLE draft (
  id              INTEGER PRIMARY KEY,
  uuid            TEXT NOT NULL UNIQUE,
  person_id       INTEGER NOT NULL REFERENCES person (id) ON DELETE RESTRICT,
  incident_id     INTEGER REFERENCES incident (id) ON DELETE RESTRICT,
  mode            TEXT NOT NULL CHECK (mode IN ('reply', 'reply-all', 'forward', 'new')),
  -- The letter that is answered or forwarded.
  source_id       INTEGER REFERENCES message (id) ON DELETE RESTRICT,
  account_id      INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  recipients      TEXT NOT NULL CHECK (json_valid(recipients)),
  subject         TEXT NOT NULL,
  body            TEXT NOT NULL,
  attachments     TEXT NOT NULL CHECK (json_valid(attachments)),
  template_key    TEXT,
  updated_at      INTEGER NOT NULL,
  revision        INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_by_person ON draft (person_id, incident_id);

CREATE TABLE outbox (
  id           INTEGER PRIMARY KEY,
  uuid         TEXT NOT NULL UNIQUE,
  channel      TEXT NOT NULL CHECK (channel IN ('mail')),
  account_id   INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  message_id   INTEGER NOT NULL UNIQUE REFERENCES message (id) ON DELETE RESTRICT,
  -- Only forward; `unknown` is reconciled or shown, never resent blindly.
  state        TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'accepted', 'delivered', 'read', 'acknowledged', 'failed', 'unknown', 'cancelled')),
  not_before   INTEGER NOT NULL,
  lease_until  INTEGER,
  -- Set before the first byte of the letter is written to the server: after a crash this decides queued or unknown.
  wrote_at     INTEGER,
  attempts     INTEGER NOT NULL DEFAULT 0,
  error_code   TEXT,
  error_detail TEXT,
  sent_copy    TEXT NOT NULL CHECK (sent_copy IN ('waiting', 'found', 'appended', 'provider', 'failed')),
  -- What acceptance does to the incident, such as {"statusId": 5}.
  effect       TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(effect)),
  created_by   INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  created_at   INTEGER NOT NULL,
  accepted_at  INTEGER,
  revision     INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_due ON outbox (not_before) WHERE state = 'queued';
CREATE INDEX outbox_open ON outbox (id) WHERE state IN ('queued', 'sending', 'unknown', 'failed');
CREATE INDEX outbox_copy ON outbox (id) WHERE state = 'accepted' AND sent_copy = 'waiting';

CREATE TABLE attempt (
  id         INTEGER PRIMARY KEY,
  outbox_id  INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  outcome    TEXT CHECK (outcome IN ('accepted', 'refused', 'retry', 'unknown')),
  code       TEXT,
  detail     TEXT
) STRICT;
CREATE INDEX attempt_by_outbox ON attempt (outbox_id);
