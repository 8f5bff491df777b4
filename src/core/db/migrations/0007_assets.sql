-- What incidents happen to: poles, base stations, machines and sites, and whose they are.

CREATE TABLE macroregion (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE region (
  id             INTEGER PRIMARY KEY,
  -- As the source names it; unique and stable, unlike the name on the screen.
  key            TEXT NOT NULL UNIQUE,
  name           TEXT NOT NULL,
  macroregion_id INTEGER REFERENCES macroregion (id) ON DELETE RESTRICT,
  -- Where repair work in this region is handed over.
  repair_email   TEXT NOT NULL DEFAULT '',
  revision       INTEGER NOT NULL
) STRICT;

CREATE TABLE operator_group (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE,
  -- Domains its people and robots write from, in lower case: a letter's sender narrows whose station is meant.
  domains  TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(domains)),
  revision INTEGER NOT NULL
) STRICT;

-- A legal branch of a group.
CREATE TABLE operator (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  group_id INTEGER REFERENCES operator_group (id) ON DELETE RESTRICT,
  revision INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX operator_by_name ON operator (name, coalesce(group_id, 0));

-- Where assets come from: a file that was imported, or an address that is asked by the clock.
CREATE TABLE asset_source (
  id          INTEGER PRIMARY KEY,
  uuid        TEXT NOT NULL UNIQUE,
  kind        TEXT NOT NULL CHECK (kind IN ('file', 'http')),
  name        TEXT NOT NULL UNIQUE,
  -- Column of the source to field of ours, and what else reading it takes.
  mapping     TEXT NOT NULL CHECK (json_valid(mapping)),
  url         TEXT NOT NULL DEFAULT '',
  -- Name and sealed value of the header that lets us in.
  auth_header TEXT NOT NULL DEFAULT '',
  auth_sealed TEXT,
  etag        TEXT NOT NULL DEFAULT '',
  every_min   INTEGER CHECK (every_min >= 5),
  next_at     INTEGER,
  -- Failures in a row: the wait before the next try grows with them.
  failures    INTEGER NOT NULL DEFAULT 0,
  -- Hash of a file's headings: the next file that looks the same is read the same way.
  shape       TEXT NOT NULL DEFAULT '',
  active      INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  revision    INTEGER NOT NULL
) STRICT;
CREATE INDEX asset_source_due ON asset_source (next_at) WHERE active = 1 AND next_at IS NOT NULL;
CREATE INDEX asset_source_by_shape ON asset_source (shape) WHERE kind = 'file';

CREATE TABLE asset (
  id            INTEGER PRIMARY KEY,
  uuid          TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL CHECK (kind IN ('pole', 'station', 'machine', 'site')),
  -- NULL when a person entered it.
  source_id     INTEGER REFERENCES asset_source (id) ON DELETE RESTRICT,
  -- The source's own key, when it has one; else its code.
  external_id   TEXT NOT NULL,
  code          TEXT NOT NULL,
  name          TEXT NOT NULL DEFAULT '',
  state         TEXT NOT NULL DEFAULT '',
  -- A station's pole.
  parent_id     INTEGER REFERENCES asset (id) ON DELETE RESTRICT,
  region_id     INTEGER REFERENCES region (id) ON DELETE RESTRICT,
  contractor_id INTEGER REFERENCES contact (id) ON DELETE RESTRICT,
  address       TEXT NOT NULL DEFAULT '',
  latitude      REAL CHECK (latitude BETWEEN -90 AND 90),
  longitude     REAL CHECK (longitude BETWEEN -180 AND 180),
  -- Responsible manager, by name as the source has it.
  manager       TEXT NOT NULL DEFAULT '',
  -- The contractor's addresses for this asset, instead of its usual ones.
  emails        TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(emails)),
  phones        TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(phones)),
  -- A person changed addresses or phones: the source no longer writes them.
  own_contacts  INTEGER NOT NULL DEFAULT 0 CHECK (own_contacts IN (0, 1)),
  -- Over what the source said last: an unchanged row costs no write.
  source_hash   TEXT NOT NULL DEFAULT '',
  -- No longer in its source. Incidents keep it.
  gone_at       INTEGER,
  revision      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX asset_by_source ON asset (coalesce(source_id, 0), kind, external_id);
CREATE INDEX asset_by_parent ON asset (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX asset_by_contractor ON asset (contractor_id) WHERE contractor_id IS NOT NULL;
CREATE INDEX asset_by_region ON asset (region_id);
-- Everything the list is filtered and sorted by, so that counting 130,000 of them never leaves the index.
CREATE INDEX asset_by_code ON asset (code, id, gone_at, kind, region_id, contractor_id);

CREATE TABLE asset_operator (
  asset_id    INTEGER NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
  operator_id INTEGER NOT NULL REFERENCES operator (id) ON DELETE RESTRICT,
  PRIMARY KEY (asset_id, operator_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_operator_by_operator ON asset_operator (operator_id);

-- Every spelling an asset is found by, folded (shared/domain/asset-code.ts): its code, its aliases, its number without zeros.
CREATE TABLE asset_key (
  key      TEXT NOT NULL,
  asset_id INTEGER NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
  origin   TEXT NOT NULL CHECK (origin IN ('code', 'alias', 'number')),
  -- As it is written; set for aliases.
  spelling TEXT NOT NULL DEFAULT '',
  -- A person gave it: the source does not take it away.
  by_hand  INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),
  PRIMARY KEY (key, asset_id, origin)
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_key_by_asset ON asset_key (asset_id);

-- Any piece of a code, name or alias, folded like the keys.
CREATE VIRTUAL TABLE asset_piece USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'trigram');

-- One run of an import or a sync, and what it refused.
CREATE TABLE asset_import (
  id          INTEGER PRIMARY KEY,
  source_id   INTEGER NOT NULL REFERENCES asset_source (id) ON DELETE CASCADE,
  started_at  INTEGER NOT NULL,
  ended_at    INTEGER,
  actor_id    INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  -- `asks`: a guard stopped it, a person decides.
  state       TEXT NOT NULL CHECK (state IN ('running', 'asks', 'done', 'refused', 'failed')),
  guard       TEXT CHECK (guard IN ('empty', 'much-smaller', 'many-gone')),
  -- What the guard compared: rows of the run before, or assets there are.
  guard_of    INTEGER,
  -- Known once the source has been looked through, before anything is written.
  rows_total  INTEGER,
  rows_read   INTEGER NOT NULL DEFAULT 0,
  added       INTEGER NOT NULL DEFAULT 0,
  changed     INTEGER NOT NULL DEFAULT 0,
  gone        INTEGER NOT NULL DEFAULT 0,
  refused     INTEGER NOT NULL DEFAULT 0,
  error       TEXT,
  revision    INTEGER NOT NULL
) STRICT;
CREATE INDEX asset_import_by_source ON asset_import (source_id, id);
CREATE INDEX asset_import_running ON asset_import (state) WHERE state = 'running';

CREATE TABLE asset_import_refusal (
  import_id INTEGER NOT NULL REFERENCES asset_import (id) ON DELETE CASCADE,
  -- Line of the file, counted from 1 with the heading; or the number of the object.
  row       INTEGER NOT NULL,
  field     TEXT NOT NULL,
  reason    TEXT NOT NULL,
  value     TEXT NOT NULL,
  PRIMARY KEY (import_id, row, field)
) STRICT, WITHOUT ROWID;

-- Assets of an incident. `suggested` ones were found and wait for a person; the others are bound.
CREATE TABLE incident_asset (
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  asset_id    INTEGER NOT NULL REFERENCES asset (id) ON DELETE RESTRICT,
  state       TEXT NOT NULL CHECK (state IN ('bound', 'suggested', 'rejected')),
  found_by    TEXT NOT NULL CHECK (found_by IN ('hand', 'subject', 'body', 'thread', 'parent')),
  -- 0 to 100.
  confidence  INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 100),
  -- What was read and why it is this asset (core/assets/finding).
  evidence    TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(evidence)),
  PRIMARY KEY (incident_id, asset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_asset_by_asset ON incident_asset (asset_id, state);
