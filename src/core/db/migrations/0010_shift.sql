-- Shifts and what is handed over.

-- An incident the desk itself opens: its channel went silent. As in 0006, the CHECK is widened in place.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (channel IN (''mail'', ''phone'', ''telegram''))', 'CHECK (channel IN (''mail'', ''phone'', ''telegram'', ''desk''))')
  WHERE type = 'table' AND name = 'incident';
PRAGMA writable_schema = RESET;

-- Whoever left chose to keep what is in hand: it is not given out behind their back.
ALTER TABLE shift ADD COLUMN kept INTEGER NOT NULL DEFAULT 0 CHECK (kept IN (0, 1));
CREATE INDEX shift_by_person ON shift (person_id, started_at);

CREATE TABLE handover (
  id               INTEGER PRIMARY KEY,
  uuid             TEXT NOT NULL UNIQUE,
  shift_id         INTEGER REFERENCES shift (id) ON DELETE RESTRICT,
  from_person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE RESTRICT,
  -- 'person': to one; 'lead': to any shift lead; 'next': to whoever starts next.
  to_kind          TEXT NOT NULL CHECK (to_kind IN ('person', 'lead', 'next')),
  to_person_id     INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  -- Whole, as it was signed: names and words of that moment, so that it says the same in a year.
  document         TEXT NOT NULL CHECK (json_valid(document)),
  -- Its words folded, for the search.
  words            TEXT NOT NULL,
  signed_at        INTEGER NOT NULL,
  acknowledged_at  INTEGER,
  acknowledged_by  INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  -- When the shift lead is told that nobody has taken it; NULL when told.
  alarm_at         INTEGER,
  -- Since when it sounds for the lead; NULL while it does not.
  sounding_at      INTEGER,
  revision         INTEGER NOT NULL,
  CHECK ((to_kind = 'person') = (to_person_id IS NOT NULL))
) STRICT;
CREATE INDEX handover_by_time ON handover (signed_at);
CREATE INDEX handover_waiting ON handover (signed_at) WHERE acknowledged_at IS NULL;
CREATE INDEX handover_by_person ON handover (from_person_id, signed_at);
CREATE TRIGGER handover_never_changes BEFORE UPDATE OF uuid, from_person_id, document, words, signed_at ON handover
BEGIN
  SELECT RAISE(ABORT, 'a signed hand-over never changes');
END;
CREATE TRIGGER handover_never_leaves BEFORE DELETE ON handover
BEGIN
  SELECT RAISE(ABORT, 'a signed hand-over is kept');
END;

-- What the taker asked about it, and what was answered.
CREATE TABLE handover_remark (
  id          INTEGER PRIMARY KEY,
  handover_id INTEGER NOT NULL REFERENCES handover (id) ON DELETE RESTRICT,
  person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE RESTRICT,
  at          INTEGER NOT NULL,
  text        TEXT NOT NULL
) STRICT;
CREATE INDEX handover_remark_by_handover ON handover_remark (handover_id, at);

-- What a channel is known for. `source` is 'mail:<account>' or 'telegram:<account>'.
CREATE TABLE channel_watch (
  source      TEXT PRIMARY KEY,
  enabled     INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  -- How improbable a silence must be; NULL takes the desk's.
  bound       REAL CHECK (bound > 0 AND bound < 1),
  min_minutes INTEGER CHECK (min_minutes > 0),
  -- Rows up to this id are counted.
  counted_id  INTEGER NOT NULL DEFAULT 0,
  -- Of the oldest and the newest that came.
  first_at    INTEGER,
  last_at     INTEGER,
  revision    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How many came in each hour since the epoch; four weeks are kept.
CREATE TABLE channel_hour (
  source TEXT NOT NULL,
  hour   INTEGER NOT NULL,
  count  INTEGER NOT NULL,
  PRIMARY KEY (source, hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE silence (
  id          INTEGER PRIMARY KEY,
  source      TEXT NOT NULL,
  -- 'silent': nothing comes though it is connected; 'down': it is known to be disconnected.
  why         TEXT NOT NULL CHECK (why IN ('silent', 'down')),
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  since_at    INTEGER NOT NULL,
  opened_at   INTEGER NOT NULL,
  ended_at    INTEGER,
  revision    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX silence_running ON silence (source) WHERE ended_at IS NULL;
CREATE INDEX silence_by_incident ON silence (incident_id);

-- Who answered an alarm of the last minutes is told to the others.
CREATE INDEX alarm_answered ON alarm (acknowledged_at) WHERE acknowledged_at IS NOT NULL;
