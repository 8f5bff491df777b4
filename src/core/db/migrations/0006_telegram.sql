-- A second channel. The four tables that named mail alone get their CHECK widened in place: rewriting every letter of a
-- desk of years to change a word of its schema would keep dispatchers waiting for minutes
-- (https://www.sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (channel IN (''mail'', ''phone''))', 'CHECK (channel IN (''mail'', ''phone'', ''telegram''))')
  WHERE type = 'table' AND name = 'incident';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (channel IN (''mail''))', 'CHECK (channel IN (''mail'', ''telegram''))')
  WHERE type = 'table' AND name IN ('conversation', 'message', 'outbox');
PRAGMA writable_schema = RESET;

ALTER TABLE incident ADD COLUMN latitude REAL;
ALTER TABLE incident ADD COLUMN longitude REAL;

-- The desk's own login. The session is a sealed file of this workstation, never a row: a backup must not carry it.
CREATE TABLE telegram_account (
  id                INTEGER PRIMARY KEY,
  uuid              TEXT NOT NULL UNIQUE,
  -- Telegram's id of the user, `u<decimal>` like every peer here.
  user_id           TEXT NOT NULL,
  name              TEXT NOT NULL,
  username          TEXT,
  -- All but the last two digits hidden; the number itself is only in the sealed session.
  phone_mask        TEXT NOT NULL DEFAULT '',
  state             TEXT NOT NULL CHECK (state IN ('signed-in', 'signed-out')),
  signed_out_reason TEXT,
  signed_in_at      INTEGER NOT NULL,
  created_at        INTEGER NOT NULL,
  removed_at        INTEGER,
  revision          INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX telegram_account_by_user ON telegram_account (user_id) WHERE removed_at IS NULL;

ALTER TABLE outbox ALTER COLUMN account_id DROP NOT NULL;
ALTER TABLE outbox ADD COLUMN telegram_account_id INTEGER REFERENCES telegram_account (id) ON DELETE RESTRICT;

-- Every try to sign in, without number, code or password: the limit counts them, and it outlives a restart.
CREATE TABLE telegram_login_attempt (
  id       INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  kind     TEXT NOT NULL CHECK (kind IN ('qr', 'phone', 'resend', 'code', 'password', 'log-out', 'reset', 'api')),
  -- `ok`, or the reason as the person was told it.
  result   TEXT NOT NULL,
  actor_id INTEGER REFERENCES person (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX telegram_login_attempt_by_time ON telegram_login_attempt (at);

-- Moves in the transaction of the rows it covers: a crash asks Telegram again rather than losing a message.
CREATE TABLE telegram_update_state (
  account_id INTEGER PRIMARY KEY REFERENCES telegram_account (id) ON DELETE CASCADE,
  pts        INTEGER NOT NULL,
  qts        INTEGER NOT NULL,
  date       INTEGER NOT NULL,
  seq        INTEGER NOT NULL
) STRICT;

CREATE TABLE telegram_peer (
  account_id  INTEGER NOT NULL REFERENCES telegram_account (id) ON DELETE CASCADE,
  -- `u<id>`, `g<id>` for a basic group, `c<id>` for a supergroup or channel.
  peer_id     TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('user', 'bot', 'group', 'supergroup', 'channel')),
  access_hash TEXT,
  title       TEXT NOT NULL,
  username    TEXT,
  phone       TEXT,
  is_self     INTEGER NOT NULL DEFAULT 0 CHECK (is_self IN (0, 1)),
  is_contact  INTEGER NOT NULL DEFAULT 0 CHECK (is_contact IN (0, 1)),
  is_service  INTEGER NOT NULL DEFAULT 0 CHECK (is_service IN (0, 1)),
  can_send    INTEGER NOT NULL DEFAULT 1 CHECK (can_send IN (0, 1)),
  PRIMARY KEY (account_id, peer_id)
) STRICT, WITHOUT ROWID;

-- People outside the desk; addresses of several kinds hang on them.
CREATE TABLE contact (
  id           INTEGER PRIMARY KEY,
  uuid         TEXT NOT NULL UNIQUE,
  kind         TEXT NOT NULL CHECK (kind IN ('applicant', 'contractor', 'technician')),
  name         TEXT NOT NULL,
  organisation TEXT NOT NULL DEFAULT '',
  phone        TEXT NOT NULL DEFAULT '',
  email        TEXT NOT NULL DEFAULT '',
  note         TEXT NOT NULL DEFAULT '',
  active       INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  created_at   INTEGER NOT NULL,
  revision     INTEGER NOT NULL
) STRICT;

CREATE TABLE chat (
  id               INTEGER PRIMARY KEY,
  uuid             TEXT NOT NULL UNIQUE,
  account_id       INTEGER NOT NULL REFERENCES telegram_account (id) ON DELETE RESTRICT,
  peer_id          TEXT NOT NULL,
  kind             TEXT NOT NULL CHECK (kind IN ('user', 'bot', 'group', 'supergroup', 'channel')),
  title            TEXT NOT NULL,
  -- Folded for the search by name.
  folded           TEXT NOT NULL,
  -- 0 is not pinned; 1 stands highest.
  pinned           INTEGER NOT NULL DEFAULT 0,
  archived         INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  muted_until      INTEGER,
  unread_count     INTEGER NOT NULL DEFAULT 0,
  read_inbox_max   INTEGER NOT NULL DEFAULT 0,
  read_outbox_max  INTEGER NOT NULL DEFAULT 0,
  -- What a dispatcher marked read and Telegram has not heard yet.
  read_wanted      INTEGER,
  -- Position of a channel or supergroup in its own log; NULL elsewhere and until it is known.
  pts              INTEGER,
  last_message_at  INTEGER,
  -- No longer in the account's list: left, kicked, deleted. Its messages stay.
  gone_at          INTEGER,
  can_send         INTEGER NOT NULL DEFAULT 1 CHECK (can_send IN (0, 1)),
  -- The first message ever is stored: nothing older to ask for.
  complete         INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
  contact_id       INTEGER REFERENCES contact (id) ON DELETE RESTRICT,
  revision         INTEGER NOT NULL,
  UNIQUE (account_id, peer_id)
) STRICT;
CREATE INDEX chat_by_time ON chat (account_id, last_message_at DESC);
CREATE INDEX chat_by_revision ON chat (revision);
CREATE INDEX chat_by_contact ON chat (contact_id) WHERE contact_id IS NOT NULL;

CREATE TABLE chat_message (
  id          INTEGER PRIMARY KEY,
  chat_id     INTEGER NOT NULL REFERENCES chat (id) ON DELETE RESTRICT,
  -- NULL until Telegram has taken our message.
  server_id   INTEGER,
  -- Ours alone, and the same for every try: Telegram takes a message once per random id.
  random_id   TEXT,
  -- server_id, or 2^52 + id while it waits: what waits stands last, in the order it was written.
  position    INTEGER NOT NULL,
  direction   TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  sender_id   TEXT,
  sender_name TEXT NOT NULL,
  text        TEXT NOT NULL,
  entities    TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(entities)),
  reply_to    INTEGER,
  topic_id    INTEGER,
  forward     TEXT CHECK (json_valid(forward)),
  grouped_id  TEXT,
  -- What is no file: a place, a contact, a poll, something this version cannot show, or a service event.
  extra       TEXT CHECK (json_valid(extra)),
  reactions   TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(reactions)),
  sent_at     INTEGER NOT NULL,
  edited_at   INTEGER,
  deleted_at  INTEGER,
  -- Telegram's log has named it; what was only read as history may still be, and is new to the desk then.
  announced   INTEGER NOT NULL DEFAULT 0 CHECK (announced IN (0, 1)),
  -- The letter of an incident it became, or was written as.
  message_id  INTEGER REFERENCES message (id) ON DELETE SET NULL,
  revision    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX chat_message_by_server_id ON chat_message (chat_id, server_id) WHERE server_id IS NOT NULL;
CREATE UNIQUE INDEX chat_message_by_random_id ON chat_message (random_id) WHERE random_id IS NOT NULL;
CREATE INDEX chat_message_by_position ON chat_message (chat_id, position);
CREATE INDEX chat_message_by_message ON chat_message (message_id) WHERE message_id IS NOT NULL;
-- What stands in an incident or was written here: a small part of a chat, walked from its end.
CREATE INDEX chat_message_linked ON chat_message (chat_id, position) WHERE message_id IS NOT NULL;
-- What the same person said before, in a group of which everything is taken in.
CREATE INDEX chat_message_linked_by_sender ON chat_message (chat_id, sender_id, position) WHERE message_id IS NOT NULL;
-- Outside channels a message's number is unique in the account, and a deletion names no chat.
CREATE INDEX chat_message_by_number ON chat_message (server_id) WHERE server_id IS NOT NULL;

CREATE TABLE chat_file (
  id              INTEGER PRIMARY KEY,
  chat_message_id INTEGER NOT NULL REFERENCES chat_message (id) ON DELETE CASCADE,
  kind            TEXT NOT NULL CHECK (kind IN ('photo', 'document', 'voice', 'audio', 'video', 'video-note', 'animation', 'sticker')),
  -- How Telegram finds it; NULL for a file of ours until it has been taken.
  remote          TEXT CHECK (json_valid(remote)),
  -- Set when the bytes are here.
  sha256          TEXT,
  file_name       TEXT NOT NULL,
  mime_type       TEXT NOT NULL,
  size            INTEGER NOT NULL,
  width           INTEGER,
  height          INTEGER,
  -- Seconds.
  duration        INTEGER,
  -- A JPEG of a few hundred bytes that came with the message, to show at once.
  preview         BLOB
) STRICT;
CREATE INDEX chat_file_by_message ON chat_file (chat_message_id);

-- Unbroken stretches of a chat's history that are stored; between two of them something may be missing.
CREATE TABLE chat_range (
  chat_id INTEGER NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
  from_id INTEGER NOT NULL,
  to_id   INTEGER NOT NULL CHECK (to_id >= from_id),
  PRIMARY KEY (chat_id, from_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE chat_folder (
  account_id INTEGER NOT NULL REFERENCES telegram_account (id) ON DELETE CASCADE,
  folder_id  INTEGER NOT NULL,
  title      TEXT NOT NULL,
  position   INTEGER NOT NULL,
  -- {"include": [peer ids], "exclude": [...], "kinds": ["user", ...]}
  rule       TEXT NOT NULL CHECK (json_valid(rule)),
  PRIMARY KEY (account_id, folder_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE chat_rule (
  id         INTEGER PRIMARY KEY,
  chat_id    INTEGER NOT NULL REFERENCES chat (id) ON DELETE RESTRICT,
  kind       TEXT NOT NULL CHECK (kind IN ('all', 'code', 'sender', 'keyword')),
  -- Comma-separated: prefixes of codes, peer ids of senders, or words.
  value      TEXT NOT NULL DEFAULT '',
  type_id    INTEGER REFERENCES incident_type (id) ON DELETE RESTRICT,
  active     INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  hits       INTEGER NOT NULL DEFAULT 0,
  created_by INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  created_at INTEGER NOT NULL,
  revision   INTEGER NOT NULL
) STRICT;
CREATE INDEX chat_rule_by_chat ON chat_rule (chat_id);

CREATE TABLE chat_draft (
  person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  chat_id     INTEGER NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
  -- 0: written in the chat itself, not from an incident's card.
  incident_id INTEGER NOT NULL DEFAULT 0,
  text        TEXT NOT NULL,
  reply_to    INTEGER,
  files       TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(files)),
  updated_at  INTEGER NOT NULL,
  PRIMARY KEY (person_id, chat_id, incident_id)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE chat_word USING fts5 (
  text,
  content = '', contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);
