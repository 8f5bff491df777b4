CREATE TABLE account (
  id              INTEGER PRIMARY KEY,
  uuid            TEXT NOT NULL UNIQUE,
  name            TEXT NOT NULL,
  address         TEXT NOT NULL,
  display_name    TEXT NOT NULL DEFAULT '',
  preset          TEXT NOT NULL,
  imap_host       TEXT NOT NULL,
  imap_port       INTEGER NOT NULL,
  imap_security   TEXT NOT NULL CHECK (imap_security IN ('tls', 'starttls', 'none')),
  smtp_host       TEXT NOT NULL,
  smtp_port       INTEGER NOT NULL,
  smtp_security   TEXT NOT NULL CHECK (smtp_security IN ('tls', 'starttls', 'none')),
  user_name       TEXT NOT NULL,
  sealed_password TEXT NOT NULL,
  -- PEM of a private certificate authority, for a company's own server.
  ca_certificate  TEXT,
  -- Whether the provider itself puts a copy of what goes out by SMTP into Sent.
  sent_copy       TEXT NOT NULL CHECK (sent_copy IN ('append', 'provider')),
  sent_path       TEXT,
  signature       TEXT NOT NULL DEFAULT '',
  -- Letters the server took before this moment are stored, searchable and only thread.
  opens_from      INTEGER NOT NULL,
  enabled         INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  -- Set when the server refused the password: nothing is tried until a person mends it.
  halted_reason   TEXT,
  removed_at      INTEGER,
  created_at      INTEGER NOT NULL,
  revision        INTEGER NOT NULL
) STRICT;

-- The login budget outlives a restart: a crash loop must not lock the mailbox.
CREATE TABLE account_login (
  id         INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  at         INTEGER NOT NULL,
  useful     INTEGER NOT NULL CHECK (useful IN (0, 1))
) STRICT;
CREATE INDEX account_login_by_time ON account_login (account_id, at);

CREATE TABLE mail_folder (
  id          INTEGER PRIMARY KEY,
  account_id  INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  role        TEXT NOT NULL CHECK (role IN ('inbox', 'sent')),
  path        TEXT NOT NULL,
  uidvalidity TEXT NOT NULL,
  -- Every UID up to this one is stored; it moves in the transaction of the raw rows.
  last_uid    INTEGER NOT NULL DEFAULT 0,
  checked_at  INTEGER,
  UNIQUE (account_id, role)
) STRICT;

-- What arrived, before anybody understood it; never changed, never lost.
CREATE TABLE raw_message (
  id          INTEGER PRIMARY KEY,
  account_id  INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  folder_id   INTEGER NOT NULL REFERENCES mail_folder (id) ON DELETE RESTRICT,
  uidvalidity TEXT NOT NULL,
  uid         INTEGER NOT NULL,
  sha256      TEXT NOT NULL,
  size        INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  stored_at   INTEGER NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('stored', 'parsed', 'quarantined', 'released')),
  -- The message it became, or the one it is another copy of.
  message_id  INTEGER,
  attempts    INTEGER NOT NULL DEFAULT 0,
  reason      TEXT,
  detail      TEXT,
  revision    INTEGER NOT NULL,
  UNIQUE (folder_id, uidvalidity, uid)
) STRICT;
CREATE INDEX raw_message_waiting ON raw_message (id) WHERE state = 'stored';
CREATE INDEX raw_message_quarantined ON raw_message (id) WHERE state = 'quarantined';
CREATE INDEX raw_message_by_message ON raw_message (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX raw_message_by_sha256 ON raw_message (sha256);

CREATE TABLE conversation (
  id          INTEGER PRIMARY KEY,
  uuid        TEXT NOT NULL UNIQUE,
  channel     TEXT NOT NULL CHECK (channel IN ('mail')),
  account_id  INTEGER,
  -- NULL: letters that belong to no incident (older than the start, bounces, lists, what was set aside).
  incident_id INTEGER REFERENCES incident (id) ON DELETE RESTRICT,
  created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX conversation_by_incident ON conversation (incident_id) WHERE incident_id IS NOT NULL;

CREATE TABLE message (
  id                 INTEGER PRIMARY KEY,
  uuid               TEXT NOT NULL UNIQUE,
  conversation_id    INTEGER NOT NULL REFERENCES conversation (id) ON DELETE RESTRICT,
  direction          TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  channel            TEXT NOT NULL CHECK (channel IN ('mail')),
  account_id         INTEGER,
  external_id        TEXT,
  content_hash       TEXT,
  -- Over sender, subject, text and attachments: the same alarm sent again under another Message-ID.
  likeness           TEXT,
  in_reply_to        TEXT,
  subject            TEXT NOT NULL,
  from_name          TEXT NOT NULL DEFAULT '',
  from_address       TEXT NOT NULL DEFAULT '',
  text               TEXT NOT NULL,
  sent_at            INTEGER NOT NULL,
  received_at        INTEGER NOT NULL,
  list_id            TEXT,
  automatic_kind     TEXT CHECK (automatic_kind IN ('bounce', 'auto-reply', 'bulk')),
  automatic_evidence TEXT,
  notes              TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(notes)),
  -- Why it stands in this conversation: {"by":"references"|"code"|"opened"|..., ...}
  link               TEXT NOT NULL CHECK (json_valid(link)),
  author_id          INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  revision           INTEGER NOT NULL
) STRICT;
CREATE INDEX message_by_conversation ON message (conversation_id, received_at);
CREATE INDEX message_by_external_id ON message (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX message_by_content_hash ON message (content_hash) WHERE content_hash IS NOT NULL;
CREATE INDEX message_by_likeness ON message (likeness, sent_at) WHERE likeness IS NOT NULL;
CREATE INDEX message_by_revision ON message (revision);

CREATE TABLE message_html (
  message_id INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  html       TEXT NOT NULL
) STRICT;

CREATE TABLE message_recipient (
  message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('to', 'cc', 'bcc', 'reply-to')),
  name       TEXT NOT NULL,
  address    TEXT NOT NULL,
  PRIMARY KEY (message_id, position)
) STRICT, WITHOUT ROWID;

-- Also how a reply that came before its original is put right.
CREATE TABLE message_reference (
  message_id  INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  external_id TEXT NOT NULL,
  PRIMARY KEY (message_id, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_reference_by_external_id ON message_reference (external_id);

CREATE TABLE attachment (
  id         INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  sha256     TEXT NOT NULL,
  file_name  TEXT NOT NULL,
  mime_type  TEXT NOT NULL,
  size       INTEGER NOT NULL,
  content_id TEXT,
  inline     INTEGER NOT NULL CHECK (inline IN (0, 1))
) STRICT;
CREATE INDEX attachment_by_message ON attachment (message_id);
CREATE INDEX attachment_by_sha256 ON attachment (sha256);

CREATE TABLE ignore_rule (
  id         INTEGER PRIMARY KEY,
  field      TEXT NOT NULL CHECK (field IN ('sender', 'subject', 'list-id')),
  value      TEXT NOT NULL,
  hits       INTEGER NOT NULL DEFAULT 0,
  active     INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  created_by INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  created_at INTEGER NOT NULL,
  revision   INTEGER NOT NULL,
  UNIQUE (field, value)
) STRICT;

CREATE TABLE known_address (
  address      TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  folded       TEXT NOT NULL,
  uses         INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL
) STRICT;
