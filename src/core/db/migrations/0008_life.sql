-- Clocks: what is counted, by which calendar, and when it warns, is data that an administrator edits.

CREATE TABLE calendar (
  id               INTEGER PRIMARY KEY,
  key              TEXT NOT NULL UNIQUE,
  name             TEXT NOT NULL,
  name_en          TEXT NOT NULL,
  -- IANA zone; empty takes the zone of the incident's region, else the desk's.
  zone             TEXT NOT NULL DEFAULT '',
  around_the_clock INTEGER NOT NULL CHECK (around_the_clock IN (0, 1)),
  -- Seven lists of [fromMinute, toMinute] of local days from Monday; toMinute may pass 1440 into the next day.
  week             TEXT NOT NULL CHECK (json_valid(week)),
  -- Whether days of the production calendar change its hours.
  holidays         INTEGER NOT NULL CHECK (holidays IN (0, 1)),
  position         INTEGER NOT NULL,
  active           INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  revision         INTEGER NOT NULL
) STRICT;

-- The production calendar: days that differ from what their weekday says.
CREATE TABLE calendar_day (
  -- YYYY-MM-DD
  day      TEXT PRIMARY KEY CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  -- 'off': nobody works; 'short': an hour less at the end; 'work': a weekend that was moved here works like a Friday.
  kind     TEXT NOT NULL CHECK (kind IN ('off', 'short', 'work')),
  name     TEXT NOT NULL DEFAULT '',
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE clock_rule (
  id               INTEGER PRIMARY KEY,
  -- What incident_clock.kind names: 'sla' is the incident's own, 'reaction' the dispatcher's; the others are works.
  key              TEXT NOT NULL UNIQUE,
  name             TEXT NOT NULL,
  name_en          TEXT NOT NULL,
  -- 'registered': the first letter's time; 'opened': when it appeared here; 'hand': when the work is begun, by hand or by handing over.
  starts           TEXT NOT NULL CHECK (starts IN ('registered', 'opened', 'hand')),
  -- The category whose incidents have this work; NULL for clocks of every incident.
  category_id      INTEGER REFERENCES category (id) ON DELETE RESTRICT,
  target           TEXT NOT NULL CHECK (target IN ('type', 'repair-priority', 'fixed')),
  target_minutes   INTEGER CHECK (target_minutes > 0),
  calendar_id      INTEGER NOT NULL REFERENCES calendar (id) ON DELETE RESTRICT,
  -- Statuses in which it stands still, and statuses that end it; ids as JSON.
  pause_status_ids TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(pause_status_ids)),
  end_status_ids   TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(end_status_ids)),
  -- Percents of the target at which it warns, rising.
  warn_percents    TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(warn_percents)),
  -- An alarm nobody acknowledges for this long goes to the shift lead as well; NULL never does.
  escalate_minutes INTEGER CHECK (escalate_minutes > 0),
  position         INTEGER NOT NULL,
  active           INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  revision         INTEGER NOT NULL
) STRICT;

ALTER TABLE region ADD COLUMN zone TEXT NOT NULL DEFAULT '';

CREATE TABLE incident_clock_next (
  id             INTEGER PRIMARY KEY,
  incident_id    INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  -- clock_rule.key
  kind           TEXT NOT NULL,
  started_at     INTEGER NOT NULL,
  -- Milliseconds of the calendar's time; NULL until what it follows from is known.
  target_ms      INTEGER CHECK (target_ms > 0),
  risk_at        INTEGER,
  due_at         INTEGER,
  paused_at      INTEGER,
  remaining_ms   INTEGER,
  pause_reason   TEXT,
  ended_at       INTEGER,
  -- 'hand', 'status', 'closing' or 'dismissed': a slip that is taken back runs on what it ended.
  ended_by       TEXT,
  -- The next moment at which it warns, and how many steps have been raised.
  warn_at        INTEGER,
  warned         INTEGER NOT NULL DEFAULT 0,
  risk_raised    INTEGER NOT NULL DEFAULT 0 CHECK (risk_raised IN (0, 1)),
  overdue_raised INTEGER NOT NULL DEFAULT 0 CHECK (overdue_raised IN (0, 1)),
  UNIQUE (incident_id, kind)
) STRICT;
INSERT INTO incident_clock_next (id, incident_id, kind, started_at, target_ms, risk_at, due_at, paused_at, remaining_ms,
  pause_reason, ended_at, risk_raised, overdue_raised)
SELECT id, incident_id, kind, started_at, target_ms, risk_at, due_at, paused_at, remaining_ms, pause_reason, ended_at,
  risk_raised, overdue_raised FROM incident_clock;
DROP TABLE incident_clock;
ALTER TABLE incident_clock_next RENAME TO incident_clock;
CREATE INDEX incident_clock_risk ON incident_clock (risk_at) WHERE ended_at IS NULL AND risk_at IS NOT NULL AND risk_raised = 0;
CREATE INDEX incident_clock_due ON incident_clock (due_at) WHERE ended_at IS NULL AND due_at IS NOT NULL AND overdue_raised = 0;
CREATE INDEX incident_clock_warn ON incident_clock (warn_at) WHERE ended_at IS NULL AND warn_at IS NOT NULL;
CREATE INDEX incident_clock_running ON incident_clock (due_at, incident_id) WHERE ended_at IS NULL;

CREATE TABLE alarm_next (
  id              INTEGER PRIMARY KEY,
  incident_id     INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  kind            TEXT NOT NULL CHECK (kind IN ('new', 'at-risk', 'overdue', 'late-letter', 'reopened', 'warning',
    'escalated', 'woke', 'reminder', 'mention', 'flood', 'silence')),
  -- Whom it is for; NULL for everybody at the desk.
  person_id       INTEGER REFERENCES person (id) ON DELETE CASCADE,
  raised_at       INTEGER NOT NULL,
  -- When the shift lead is told that nobody has acknowledged it; NULL when told, or never.
  escalates_at    INTEGER,
  acknowledged_at INTEGER,
  acknowledged_by INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  revision        INTEGER NOT NULL
) STRICT;
INSERT INTO alarm_next (id, incident_id, kind, raised_at, acknowledged_at, acknowledged_by, revision)
SELECT id, incident_id, kind, raised_at, acknowledged_at, acknowledged_by, revision FROM alarm;
DROP TABLE alarm;
ALTER TABLE alarm_next RENAME TO alarm;
CREATE INDEX alarm_sounding ON alarm (raised_at) WHERE acknowledged_at IS NULL;
CREATE INDEX alarm_by_incident ON alarm (incident_id);
CREATE INDEX alarm_escalating ON alarm (escalates_at) WHERE acknowledged_at IS NULL AND escalates_at IS NOT NULL;

-- The life of an incident.

CREATE TABLE incident_subtype (
  id       INTEGER PRIMARY KEY,
  key      TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  name_en  TEXT NOT NULL,
  position INTEGER NOT NULL,
  active   INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE subtype_of_type (
  type_id    INTEGER NOT NULL REFERENCES incident_type (id) ON DELETE CASCADE,
  subtype_id INTEGER NOT NULL REFERENCES incident_subtype (id) ON DELETE CASCADE,
  PRIMARY KEY (type_id, subtype_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE repair_priority (
  id             INTEGER PRIMARY KEY,
  key            TEXT NOT NULL UNIQUE,
  name           TEXT NOT NULL,
  name_en        TEXT NOT NULL,
  target_minutes INTEGER NOT NULL CHECK (target_minutes > 0),
  position       INTEGER NOT NULL,
  active         INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  revision       INTEGER NOT NULL
) STRICT;

-- How long silence after the closing letter closes an incident; per operator group, the longest of them counts.
ALTER TABLE operator_group ADD COLUMN auto_close_minutes INTEGER CHECK (auto_close_minutes > 0);

ALTER TABLE incident ADD COLUMN subtype_id INTEGER REFERENCES incident_subtype (id) ON DELETE RESTRICT;
ALTER TABLE incident ADD COLUMN repair_priority_id INTEGER REFERENCES repair_priority (id) ON DELETE RESTRICT;
ALTER TABLE incident ADD COLUMN postponed_until INTEGER;
ALTER TABLE incident ADD COLUMN auto_close_at INTEGER;
-- Its letters live in another incident; NULL when it was never merged or was taken apart again.
ALTER TABLE incident ADD COLUMN merged_into_id INTEGER REFERENCES incident (id) ON DELETE RESTRICT;
-- The flood it came in with.
ALTER TABLE incident ADD COLUMN flood_id INTEGER REFERENCES flood (id) ON DELETE RESTRICT;
-- The clock the queue shows: the nearest deadline of those that run.
ALTER TABLE incident ADD COLUMN clock_id INTEGER;
-- Of a person's letter: what is unread is newer than a dispatcher's own reading.
ALTER TABLE incident ADD COLUMN last_inbound_at INTEGER;
UPDATE incident SET clock_id = (SELECT id FROM incident_clock WHERE incident_id = incident.id AND kind = 'sla'),
  last_inbound_at = CASE unread WHEN 1 THEN last_message_at END;
-- What is unread is counted over every incident there is: the rows themselves would be read for two columns.
CREATE INDEX incident_inbound ON incident (last_inbound_at, dismissed_at);
CREATE INDEX incident_postponed ON incident (postponed_until) WHERE postponed_until IS NOT NULL;
CREATE INDEX incident_auto_close ON incident (auto_close_at) WHERE auto_close_at IS NOT NULL;
CREATE INDEX incident_merged ON incident (merged_into_id) WHERE merged_into_id IS NOT NULL;

-- Links. Symmetric kinds are kept once, with the smaller id first; of 'parent' and 'blocks' the first is the parent, the blocker.
CREATE TABLE incident_link (
  from_id    INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  to_id      INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  kind       TEXT NOT NULL CHECK (kind IN ('related', 'duplicate', 'parent', 'blocks')),
  created_by INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (from_id, to_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_link_back ON incident_link (to_id, kind);

-- Merging: which conversations went along and how the merged incident stood, so that it can be taken apart.
CREATE TABLE incident_merge (
  id          INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  into_id     INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  merged_at   INTEGER NOT NULL,
  before      TEXT NOT NULL CHECK (json_valid(before)),
  parted_at   INTEGER
) STRICT;
CREATE UNIQUE INDEX incident_merge_standing ON incident_merge (incident_id) WHERE parted_at IS NULL;
CREATE INDEX incident_merge_into ON incident_merge (into_id) WHERE parted_at IS NULL;
CREATE TABLE incident_merge_conversation (
  merge_id        INTEGER NOT NULL REFERENCES incident_merge (id) ON DELETE CASCADE,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  PRIMARY KEY (merge_id, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_merge_by_conversation ON incident_merge_conversation (conversation_id);

-- Incidents that look alike and are not the same, said by a person; the smaller id first.
CREATE TABLE unlike (
  from_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  to_id   INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  PRIMARY KEY (from_id, to_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_by_applicant ON incident (applicant_address COLLATE NOCASE, registered_at) WHERE applicant_address <> '';

-- Incidents that came in a crowd about one thing.
CREATE TABLE flood (
  id         INTEGER PRIMARY KEY,
  uuid       TEXT NOT NULL UNIQUE,
  -- What they share: an asset, a line of the network (assets of one pole), or a region.
  kind       TEXT NOT NULL CHECK (kind IN ('asset', 'line', 'region')),
  subject_id INTEGER NOT NULL,
  title      TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  last_at    INTEGER NOT NULL,
  ended_at   INTEGER,
  revision   INTEGER NOT NULL
) STRICT;
CREATE INDEX flood_running ON flood (kind, subject_id) WHERE ended_at IS NULL;
CREATE INDEX incident_by_flood ON incident (flood_id, urgency_at, id) WHERE flood_id IS NOT NULL;
CREATE INDEX incident_open_by_flood ON incident (flood_id, urgency_at, id)
  WHERE flood_id IS NOT NULL AND finished_at IS NULL AND dismissed_at IS NULL;

-- One answer to many incidents: who has his letter already is known after a kill, too.
CREATE TABLE answer_batch (
  id         INTEGER PRIMARY KEY,
  uuid       TEXT NOT NULL UNIQUE,
  flood_id   INTEGER REFERENCES flood (id) ON DELETE RESTRICT,
  text       TEXT NOT NULL,
  created_by INTEGER NOT NULL REFERENCES person (id) ON DELETE RESTRICT,
  created_at INTEGER NOT NULL,
  taken_back_at INTEGER
) STRICT;
CREATE TABLE answer_batch_part (
  batch_id    INTEGER NOT NULL REFERENCES answer_batch (id) ON DELETE CASCADE,
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  state       TEXT NOT NULL CHECK (state IN ('waiting', 'queued', 'skipped', 'taken-back')),
  -- Why nothing was sent.
  reason      TEXT,
  -- Letters in the outbox; ids as JSON: an incident that took in others has several applicants.
  outbox_ids  TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(outbox_ids)),
  PRIMARY KEY (batch_id, incident_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_batch_waiting ON answer_batch_part (batch_id) WHERE state = 'waiting';

-- What dispatchers keep for themselves and tell each other.

CREATE TABLE incident_note (
  id          INTEGER PRIMARY KEY,
  uuid        TEXT NOT NULL UNIQUE,
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  author_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE RESTRICT,
  text        TEXT NOT NULL,
  -- What it said before each change, oldest first, as JSON: the journal leaves the desk with an export, notes do not.
  earlier     TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(earlier)),
  -- Who is named in it; ids as JSON.
  mentions    TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(mentions)),
  created_at  INTEGER NOT NULL,
  edited_at   INTEGER,
  removed_at  INTEGER,
  revision    INTEGER NOT NULL
) STRICT;
CREATE INDEX incident_note_by_incident ON incident_note (incident_id, created_at);

-- What somebody has begun to write; a note is nobody's until it is kept.
CREATE TABLE note_draft (
  person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  text        TEXT NOT NULL,
  updated_at  INTEGER NOT NULL,
  PRIMARY KEY (person_id, incident_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE favourite (
  person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  level       TEXT NOT NULL CHECK (level IN ('normal', 'important')),
  PRIMARY KEY (person_id, incident_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX favourite_by_incident ON favourite (incident_id);

CREATE TABLE incident_read (
  person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  -- incident.last_inbound_at as it was read; -1 when it was made unread by hand or by a mention.
  read_at     INTEGER NOT NULL,
  PRIMARY KEY (person_id, incident_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_read_by_incident ON incident_read (incident_id);

CREATE TABLE reminder (
  id          INTEGER PRIMARY KEY,
  uuid        TEXT NOT NULL UNIQUE,
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  at          INTEGER NOT NULL,
  text        TEXT NOT NULL DEFAULT '',
  created_at  INTEGER NOT NULL,
  -- When it sounded; it stays in the list until done.
  raised_at   INTEGER,
  done_at     INTEGER,
  revision    INTEGER NOT NULL
) STRICT;
CREATE INDEX reminder_due ON reminder (at) WHERE done_at IS NULL AND raised_at IS NULL;
CREATE INDEX reminder_open ON reminder (person_id, at) WHERE done_at IS NULL;
CREATE INDEX reminder_by_incident ON reminder (incident_id);

-- How somebody is reached besides the first e-mail and telephone, in the order it is tried.
CREATE TABLE further_address (
  id         INTEGER PRIMARY KEY,
  contact_id INTEGER REFERENCES contact (id) ON DELETE CASCADE,
  person_id  INTEGER REFERENCES person (id) ON DELETE CASCADE,
  kind       TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'telegram', 'max', 'whatsapp', 'other')),
  value      TEXT NOT NULL,
  -- "at night", "the foreman".
  note       TEXT NOT NULL DEFAULT '',
  position   INTEGER NOT NULL,
  CHECK ((contact_id IS NULL) <> (person_id IS NULL))
) STRICT;
CREATE INDEX further_address_of_contact ON further_address (contact_id, position) WHERE contact_id IS NOT NULL;
CREATE INDEX further_address_of_person ON further_address (person_id, position) WHERE person_id IS NOT NULL;

-- Whether a word begins some alias is asked of every word of a letter.
CREATE INDEX asset_key_alias ON asset_key (key) WHERE origin = 'alias';
