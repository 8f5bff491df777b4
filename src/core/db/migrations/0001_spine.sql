-- The spine: what is shared by everything that follows.
-- Times are epoch milliseconds UTC named *_at; keys are integers inside, uuidv7 text outside.

CREATE TABLE counter (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT;

INSERT INTO counter (name, value) VALUES ('revision', 0), ('incident-number', 1000);

-- Deletions, so that a page that was away learns what is gone.
CREATE TABLE tombstone (
  kind     TEXT NOT NULL,
  id       INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT;
CREATE INDEX tombstone_by_revision ON tombstone (revision);

CREATE TABLE workstation (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  uuid       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
  key      TEXT PRIMARY KEY,
  value    TEXT NOT NULL CHECK (json_valid(value)),
  revision INTEGER NOT NULL
) STRICT;

-- A command whose id is here has been done: a page that asks again after a lost answer gets the stored one.
CREATE TABLE applied_command (
  id         TEXT PRIMARY KEY,
  result     TEXT NOT NULL CHECK (json_valid(result)),
  applied_at INTEGER NOT NULL
) STRICT;
CREATE INDEX applied_command_by_time ON applied_command (applied_at);

CREATE TABLE person (
  id         INTEGER PRIMARY KEY,
  uuid       TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  role       TEXT NOT NULL CHECK (role IN ('dispatcher', 'lead')),
  email      TEXT NOT NULL DEFAULT '',
  phone      TEXT NOT NULL DEFAULT '',
  pin_hash   TEXT,
  active     INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  created_at INTEGER NOT NULL,
  revision   INTEGER NOT NULL
) STRICT;

-- A page's session outlives a restart of the backend: at three in the morning nobody types a PIN again. Hashed.
CREATE TABLE session_key (
  hash       TEXT PRIMARY KEY,
  person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL
) STRICT;

-- Weekly plan; ends_minute <= starts_minute means the shift ends on the next day, equal means 24 hours.
CREATE TABLE roster_rule (
  id            INTEGER PRIMARY KEY,
  person_id     INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  weekdays      INTEGER NOT NULL CHECK (weekdays BETWEEN 1 AND 127),
  starts_minute INTEGER NOT NULL CHECK (starts_minute BETWEEN 0 AND 1439),
  ends_minute   INTEGER NOT NULL CHECK (ends_minute BETWEEN 0 AND 1439),
  zone          TEXT NOT NULL,
  revision      INTEGER NOT NULL
) STRICT;
CREATE INDEX roster_rule_by_person ON roster_rule (person_id);

CREATE TABLE shift (
  id               INTEGER PRIMARY KEY,
  person_id        INTEGER NOT NULL REFERENCES person (id) ON DELETE RESTRICT,
  started_at       INTEGER NOT NULL,
  ended_at         INTEGER CHECK (ended_at >= started_at),
  -- A shift the roster began ends by the roster; one begun by hand ends by hand.
  source           TEXT NOT NULL CHECK (source IN ('hand', 'roster')),
  planned_end_at   INTEGER,
  revision         INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX shift_open_by_person ON shift (person_id) WHERE ended_at IS NULL;
CREATE INDEX shift_by_start ON shift (started_at);

-- Every change of an incident, person or setting is an entry, written in the transaction of the rows.
CREATE TABLE journal (
  sequence      INTEGER PRIMARY KEY,
  uuid          TEXT NOT NULL UNIQUE,
  at            INTEGER NOT NULL,
  workstation   TEXT NOT NULL,
  actor_id      INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  subject_kind  TEXT NOT NULL,
  subject_id    INTEGER NOT NULL,
  kind          TEXT NOT NULL,
  payload       TEXT NOT NULL CHECK (json_valid(payload)),
  previous_hash TEXT NOT NULL,
  hash          TEXT NOT NULL
) STRICT;
CREATE INDEX journal_by_subject ON journal (subject_kind, subject_id, sequence);
