-- Reference lists are data: every desk has its own, the seed fills them on the first start.

CREATE TABLE status (
  id       INTEGER PRIMARY KEY,
  key      TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  name_en  TEXT NOT NULL,
  tone     TEXT NOT NULL CHECK (tone IN ('new', 'work', 'wait', 'done', 'bad')),
  finishes INTEGER NOT NULL CHECK (finishes IN (0, 1)),
  position INTEGER NOT NULL,
  active   INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE status_transition (
  from_id INTEGER NOT NULL REFERENCES status (id) ON DELETE CASCADE,
  to_id   INTEGER NOT NULL REFERENCES status (id) ON DELETE CASCADE,
  PRIMARY KEY (from_id, to_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident_type (
  id          INTEGER PRIMARY KEY,
  key         TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  name_en     TEXT NOT NULL,
  sla_minutes INTEGER CHECK (sla_minutes > 0),
  position    INTEGER NOT NULL,
  active      INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  revision    INTEGER NOT NULL
) STRICT;

CREATE TABLE category (
  id       INTEGER PRIMARY KEY,
  key      TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  name_en  TEXT NOT NULL,
  position INTEGER NOT NULL,
  active   INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE template (
  id       INTEGER PRIMARY KEY,
  key      TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  name_en  TEXT NOT NULL,
  subject  TEXT NOT NULL,
  body     TEXT NOT NULL,
  position INTEGER NOT NULL,
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE incident (
  id                INTEGER PRIMARY KEY,
  uuid              TEXT NOT NULL UNIQUE,
  number            INTEGER NOT NULL UNIQUE,
  code              TEXT NOT NULL UNIQUE,
  title             TEXT NOT NULL,
  description       TEXT NOT NULL DEFAULT '',
  status_id         INTEGER NOT NULL REFERENCES status (id) ON DELETE RESTRICT,
  type_id           INTEGER REFERENCES incident_type (id) ON DELETE RESTRICT,
  priority          TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('normal', 'high')),
  channel           TEXT NOT NULL CHECK (channel IN ('mail', 'phone')),
  account_id        INTEGER,
  -- The first letter's own time, or the moment of opening by hand.
  registered_at     INTEGER NOT NULL,
  opened_at         INTEGER NOT NULL,
  finished_at       INTEGER,
  -- "Not an incident": out of the queue, kept with its number, and can come back.
  dismissed_at      INTEGER,
  assignee_id       INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  applicant_name    TEXT NOT NULL DEFAULT '',
  applicant_address TEXT NOT NULL DEFAULT '',
  applicant_phone   TEXT NOT NULL DEFAULT '',
  asset             TEXT NOT NULL DEFAULT '',
  unread            INTEGER NOT NULL DEFAULT 0 CHECK (unread IN (0, 1)),
  -- Letters of people since it was finished; the second reopens.
  late_letters      INTEGER NOT NULL DEFAULT 0,
  message_count     INTEGER NOT NULL DEFAULT 0,
  last_message_at   INTEGER,
  -- The queue's own order, kept by the use-cases: an index can walk it, a sort of 100,000 rows per window cannot.
  urgency_at        INTEGER NOT NULL,
  -- Last change of what people decide; a letter that joins does not make a dispatcher's command stale.
  decided_revision  INTEGER NOT NULL,
  revision          INTEGER NOT NULL
) STRICT;
CREATE INDEX incident_by_revision ON incident (revision);
CREATE INDEX incident_open_by_urgency ON incident (urgency_at, id) WHERE finished_at IS NULL AND dismissed_at IS NULL;
CREATE INDEX incident_by_urgency ON incident (urgency_at, id) WHERE dismissed_at IS NULL;
CREATE INDEX incident_by_registration ON incident (registered_at DESC);
CREATE INDEX incident_open_by_assignee ON incident (assignee_id) WHERE finished_at IS NULL AND dismissed_at IS NULL;

CREATE TABLE incident_category (
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  category_id INTEGER NOT NULL REFERENCES category (id) ON DELETE RESTRICT,
  PRIMARY KEY (incident_id, category_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident_clock (
  id             INTEGER PRIMARY KEY,
  incident_id    INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  kind           TEXT NOT NULL CHECK (kind IN ('sla')),
  started_at     INTEGER NOT NULL,
  -- Milliseconds of calendar time; NULL until the type is known.
  target_ms      INTEGER CHECK (target_ms > 0),
  risk_at        INTEGER,
  due_at         INTEGER,
  paused_at      INTEGER,
  remaining_ms   INTEGER,
  pause_reason   TEXT,
  ended_at       INTEGER,
  risk_raised    INTEGER NOT NULL DEFAULT 0 CHECK (risk_raised IN (0, 1)),
  overdue_raised INTEGER NOT NULL DEFAULT 0 CHECK (overdue_raised IN (0, 1)),
  UNIQUE (incident_id, kind)
) STRICT;
CREATE INDEX incident_clock_risk ON incident_clock (risk_at) WHERE ended_at IS NULL AND risk_at IS NOT NULL AND risk_raised = 0;
CREATE INDEX incident_clock_due ON incident_clock (due_at) WHERE ended_at IS NULL AND due_at IS NOT NULL AND overdue_raised = 0;
CREATE INDEX incident_clock_running ON incident_clock (due_at, incident_id) WHERE ended_at IS NULL;

CREATE TABLE clock_pause (
  id         INTEGER PRIMARY KEY,
  clock_id   INTEGER NOT NULL REFERENCES incident_clock (id) ON DELETE CASCADE,
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  reason     TEXT NOT NULL,
  actor_id   INTEGER REFERENCES person (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX clock_pause_by_clock ON clock_pause (clock_id);

CREATE TABLE alarm (
  id              INTEGER PRIMARY KEY,
  incident_id     INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  kind            TEXT NOT NULL CHECK (kind IN ('new', 'at-risk', 'overdue', 'late-letter', 'reopened')),
  raised_at       INTEGER NOT NULL,
  acknowledged_at INTEGER,
  acknowledged_by INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  revision        INTEGER NOT NULL
) STRICT;
CREATE INDEX alarm_sounding ON alarm (raised_at) WHERE acknowledged_at IS NULL;
CREATE INDEX alarm_by_incident ON alarm (incident_id);

CREATE TABLE saved_view (
  id        INTEGER PRIMARY KEY,
  person_id INTEGER REFERENCES person (id) ON DELETE CASCADE,
  name      TEXT NOT NULL,
  query     TEXT NOT NULL CHECK (json_valid(query)),
  position  INTEGER NOT NULL,
  revision  INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_view_by_person ON saved_view (person_id);
