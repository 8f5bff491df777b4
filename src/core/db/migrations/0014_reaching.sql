-- Reaching people: routes, ladders, notifications with their attempts, what comes back.

-- How somebody is reached besides the first e-mail and telephone; `push` is a topic or token, such as "ntfy:crew-7f3a".
CREATE TABLE further_address_next (
  id         INTEGER PRIMARY KEY,
  contact_id INTEGER REFERENCES contact (id) ON DELETE CASCADE,
  person_id  INTEGER REFERENCES person (id) ON DELETE CASCADE,
  kind       TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'telegram', 'max', 'whatsapp', 'push', 'other')),
  value      TEXT NOT NULL,
  note       TEXT NOT NULL DEFAULT '',
  position   INTEGER NOT NULL,
  CHECK ((contact_id IS NULL) <> (person_id IS NULL))
) STRICT;
INSERT INTO further_address_next (id, contact_id, person_id, kind, value, note, position)
SELECT id, contact_id, person_id, kind, value, note, position FROM further_address;
DROP TABLE further_address;
ALTER TABLE further_address_next RENAME TO further_address;
CREATE INDEX further_address_of_contact ON further_address (contact_id, position) WHERE contact_id IS NOT NULL;
CREATE INDEX further_address_of_person ON further_address (person_id, position) WHERE person_id IS NOT NULL;

-- One way a channel is sent by, such as a gateway; those of one channel are tried in order of position.
CREATE TABLE route (
  id          INTEGER PRIMARY KEY,
  uuid        TEXT NOT NULL UNIQUE,
  -- Of route-kinds.ts; it decides the channel.
  kind        TEXT NOT NULL,
  channel     TEXT NOT NULL CHECK (channel IN ('telegram', 'email', 'sms', 'push', 'whatsapp', 'max')),
  name        TEXT NOT NULL,
  position    INTEGER NOT NULL,
  enabled     INTEGER NOT NULL DEFAULT 0 CHECK (enabled IN (0, 1)),
  -- Fields of its kind that are no secrets.
  settings    TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings)),
  -- JSON of the secret fields under the desk's key.
  sealed      TEXT,
  -- http://, https:// or socks5://; its password is a secret field.
  proxy       TEXT NOT NULL DEFAULT '',
  timeout_ms  INTEGER NOT NULL DEFAULT 15000 CHECK (timeout_ms > 0),
  per_minute  INTEGER NOT NULL DEFAULT 60 CHECK (per_minute > 0),
  -- Hundredths of the currency: what one segment is expected to cost, and what may be spent in a local day.
  price       INTEGER NOT NULL DEFAULT 0 CHECK (price >= 0),
  daily_limit INTEGER CHECK (daily_limit >= 0),
  -- Where listening goes on: an update id, a marker, a message id.
  cursor      TEXT NOT NULL DEFAULT '',
  created_at  INTEGER NOT NULL,
  revision    INTEGER NOT NULL
) STRICT;
CREATE INDEX route_of_channel ON route (channel, position) WHERE enabled = 1;

-- Who somebody is in a messenger, learnt when they came by a one-time link.
CREATE TABLE binding (
  id         INTEGER PRIMARY KEY,
  route_id   INTEGER NOT NULL REFERENCES route (id) ON DELETE CASCADE,
  contact_id INTEGER REFERENCES contact (id) ON DELETE CASCADE,
  person_id  INTEGER REFERENCES person (id) ON DELETE CASCADE,
  chat_id    TEXT NOT NULL,
  user_id    TEXT NOT NULL,
  title      TEXT NOT NULL DEFAULT '',
  bound_at   INTEGER NOT NULL,
  -- They shut the bot out; a later word from them opens it again.
  blocked_at INTEGER,
  revision   INTEGER NOT NULL,
  UNIQUE (route_id, chat_id),
  CHECK ((contact_id IS NULL) <> (person_id IS NULL))
) STRICT;
CREATE INDEX binding_of_contact ON binding (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX binding_of_person ON binding (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE binding_code (
  -- SHA-256 of the code: whoever reads a backup binds nothing.
  code_hash  TEXT PRIMARY KEY,
  route_id   INTEGER NOT NULL REFERENCES route (id) ON DELETE CASCADE,
  contact_id INTEGER REFERENCES contact (id) ON DELETE CASCADE,
  person_id  INTEGER REFERENCES person (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at    INTEGER,
  CHECK ((contact_id IS NULL) <> (person_id IS NULL))
) STRICT, WITHOUT ROWID;

-- A notification that went by the chat of somebody with the desk's own Telegram account.
CREATE TABLE chat_notice (
  -- The delivery's uuid: however often it is tried, it is one message.
  key        TEXT PRIMARY KEY,
  outbox_id  INTEGER NOT NULL UNIQUE REFERENCES outbox (id) ON DELETE CASCADE,
  chat_id    INTEGER NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
  written_at INTEGER NOT NULL,
  -- State of the outbox that its delivery has heard of.
  told       TEXT NOT NULL DEFAULT '',
  -- Nothing more is to be learnt.
  settled    INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX chat_notice_of_chat ON chat_notice (chat_id, written_at);
CREATE INDEX chat_notice_open ON chat_notice (written_at) WHERE settled = 0;

-- What is known of an address, whoever it belongs to; value folded as addresses are compared.
CREATE TABLE address_state (
  kind            TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'telegram', 'max', 'whatsapp', 'push', 'other')),
  value           TEXT NOT NULL,
  verified_at     INTEGER,
  -- The code that was sent there and waits to be said back.
  code_hash       TEXT,
  code_expires_at INTEGER,
  code_tries      INTEGER NOT NULL DEFAULT 0,
  dead_at         INTEGER,
  dead_reason     TEXT,
  revision        INTEGER NOT NULL,
  PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE notify_group (
  id       INTEGER PRIMARY KEY,
  uuid     TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  active   INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  revision INTEGER NOT NULL
) STRICT;
CREATE TABLE notify_group_member (
  group_id   INTEGER NOT NULL REFERENCES notify_group (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  contact_id INTEGER REFERENCES contact (id) ON DELETE CASCADE,
  person_id  INTEGER REFERENCES person (id) ON DELETE CASCADE,
  PRIMARY KEY (group_id, position),
  CHECK ((contact_id IS NULL) <> (person_id IS NULL))
) STRICT, WITHOUT ROWID;

-- Without an owner it is everybody's who has none of their own.
CREATE TABLE ladder (
  id              INTEGER PRIMARY KEY,
  uuid            TEXT NOT NULL UNIQUE,
  contact_id      INTEGER REFERENCES contact (id) ON DELETE CASCADE,
  person_id       INTEGER REFERENCES person (id) ON DELETE CASCADE,
  urgency         TEXT NOT NULL CHECK (urgency IN ('normal', 'urgent', 'critical')),
  -- From its last step it begins again after so long, until somebody acknowledges; NULL climbs once.
  repeat_minutes  INTEGER CHECK (repeat_minutes > 0),
  most_rounds     INTEGER NOT NULL DEFAULT 1 CHECK (most_rounds BETWEEN 1 AND 20),
  -- Who is next when it has ended without success; at most one of them.
  next_contact_id INTEGER REFERENCES contact (id) ON DELETE SET NULL,
  next_person_id  INTEGER REFERENCES person (id) ON DELETE SET NULL,
  next_group_id   INTEGER REFERENCES notify_group (id) ON DELETE SET NULL,
  revision        INTEGER NOT NULL,
  CHECK (contact_id IS NULL OR person_id IS NULL)
) STRICT;
CREATE UNIQUE INDEX ladder_of ON ladder (coalesce(contact_id, 0), coalesce(person_id, 0), urgency);
CREATE TABLE ladder_step (
  ladder_id    INTEGER NOT NULL REFERENCES ladder (id) ON DELETE CASCADE,
  position     INTEGER NOT NULL,
  channel      TEXT NOT NULL CHECK (channel IN ('telegram', 'email', 'sms', 'push', 'whatsapp', 'max')),
  -- Empty takes the first living address of the kind.
  address      TEXT NOT NULL DEFAULT '',
  wait_for     TEXT NOT NULL CHECK (wait_for IN ('accepted', 'delivered', 'read', 'acknowledged')),
  wait_seconds INTEGER NOT NULL CHECK (wait_seconds BETWEEN 5 AND 86400),
  -- Further tries of the step when nothing has left; an outcome in doubt is never tried again.
  retries      INTEGER NOT NULL DEFAULT 0 CHECK (retries BETWEEN 0 AND 10),
  PRIMARY KEY (ladder_id, position)
) STRICT, WITHOUT ROWID;

-- When somebody is left alone, and how much they get in an hour; critical ones always go.
CREATE TABLE reach_limit (
  id            INTEGER PRIMARY KEY,
  contact_id    INTEGER UNIQUE REFERENCES contact (id) ON DELETE CASCADE,
  person_id     INTEGER UNIQUE REFERENCES person (id) ON DELETE CASCADE,
  -- Minutes of the local day; both NULL is no quiet hours.
  quiet_from    INTEGER CHECK (quiet_from BETWEEN 0 AND 1439),
  quiet_to      INTEGER CHECK (quiet_to BETWEEN 0 AND 1439),
  zone          TEXT NOT NULL DEFAULT '',
  hourly_limit  INTEGER CHECK (hourly_limit > 0),
  revision      INTEGER NOT NULL,
  CHECK ((contact_id IS NULL) <> (person_id IS NULL))
) STRICT;

CREATE TABLE notification_template (
  id       INTEGER PRIMARY KEY,
  uuid     TEXT NOT NULL UNIQUE,
  -- Of those that the desk itself writes by; NULL is a dispatcher's own.
  key      TEXT UNIQUE,
  name     TEXT NOT NULL,
  title    TEXT NOT NULL DEFAULT '',
  text     TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  active   INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE notification (
  id              INTEGER PRIMARY KEY,
  uuid            TEXT NOT NULL UNIQUE,
  -- The one this was passed on from when its ladder had ended; the chain is what the card tells.
  previous_id     INTEGER REFERENCES notification (id) ON DELETE RESTRICT,
  chain           TEXT NOT NULL,
  -- 'chat': a line of a call's chat; 'bundle': several that were held back, told at once.
  kind            TEXT NOT NULL CHECK (kind IN ('composed', 'call', 'handover', 'alarm', 'chat', 'check', 'bundle')),
  incident_id     INTEGER REFERENCES incident (id) ON DELETE CASCADE,
  call_id         INTEGER REFERENCES call (id) ON DELETE CASCADE,
  contact_id      INTEGER REFERENCES contact (id) ON DELETE RESTRICT,
  person_id       INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  urgency         TEXT NOT NULL CHECK (urgency IN ('normal', 'urgent', 'critical')),
  title           TEXT NOT NULL DEFAULT '',
  text            TEXT NOT NULL,
  -- Said back in an SMS or a letter it is the acknowledgement.
  code            TEXT NOT NULL UNIQUE,
  -- JSON of the verbs it may be answered by.
  verbs           TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(verbs)),
  -- Only forward, unless what had come is returned: then its ladder climbs again.
  -- 'waiting': quiet hours or throttled; 'reached': what the ladder waited for came; 'not-reached': it ended.
  state           TEXT NOT NULL CHECK (state IN ('waiting', 'climbing', 'reached', 'acknowledged', 'not-reached', 'cancelled', 'bundled')),
  held_by         TEXT CHECK (held_by IN ('quiet', 'throttle')),
  bundle_id       INTEGER REFERENCES notification (id) ON DELETE RESTRICT,
  -- When the ladder must be looked at next; NULL when nothing is awaited.
  due_at          INTEGER,
  round           INTEGER NOT NULL DEFAULT 1,
  -- Place in the ladder; -1 before the first.
  step            INTEGER NOT NULL DEFAULT -1,
  -- The ladder as it stood when it began, so that what happened can be explained whatever was changed since.
  ladder          TEXT NOT NULL CHECK (json_valid(ladder)),
  created_by      INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  created_at      INTEGER NOT NULL,
  started_at      INTEGER,
  ended_at        INTEGER,
  acknowledged_at INTEGER,
  -- 'bot', 'sms', ... as the answer came; 'hand' when a dispatcher says so.
  acknowledged_by TEXT,
  revision        INTEGER NOT NULL,
  CHECK (contact_id IS NULL OR person_id IS NULL)
) STRICT;
CREATE INDEX notification_due ON notification (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX notification_open ON notification (id) WHERE state IN ('waiting', 'climbing');
CREATE INDEX notification_of_incident ON notification (incident_id, id) WHERE incident_id IS NOT NULL;
CREATE INDEX notification_of_call ON notification (call_id, id) WHERE call_id IS NOT NULL;
CREATE INDEX notification_of_contact ON notification (contact_id, created_at) WHERE contact_id IS NOT NULL;
CREATE INDEX notification_of_person ON notification (person_id, created_at) WHERE person_id IS NOT NULL;
CREATE INDEX notification_started_contact ON notification (contact_id, started_at) WHERE started_at IS NOT NULL;
CREATE INDEX notification_started_person ON notification (person_id, started_at) WHERE started_at IS NOT NULL;
CREATE INDEX notification_bundle ON notification (bundle_id) WHERE bundle_id IS NOT NULL;
CREATE INDEX notification_chain ON notification (chain);
CREATE INDEX notification_created ON notification (created_at);
CREATE INDEX notification_state ON notification (state, created_at);
CREATE INDEX notification_previous ON notification (previous_id) WHERE previous_id IS NOT NULL;

-- Fed folded text like the other indexes (search-text.ts): its words, whom it is for, the code of its incident.
CREATE VIRTUAL TABLE notification_word USING fts5 (
  text,
  content = '', contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);

CREATE TABLE notification_file (
  notification_id INTEGER NOT NULL REFERENCES notification (id) ON DELETE CASCADE,
  position        INTEGER NOT NULL,
  sha256          TEXT NOT NULL,
  file_name       TEXT NOT NULL,
  mime_type       TEXT NOT NULL,
  size            INTEGER NOT NULL,
  PRIMARY KEY (notification_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX notification_file_hash ON notification_file (sha256);

-- One step of one round: at most one message leaves for it.
CREATE TABLE delivery (
  id              INTEGER PRIMARY KEY,
  uuid            TEXT NOT NULL UNIQUE,
  notification_id INTEGER NOT NULL REFERENCES notification (id) ON DELETE CASCADE,
  round           INTEGER NOT NULL,
  step            INTEGER NOT NULL,
  channel         TEXT NOT NULL CHECK (channel IN ('telegram', 'email', 'sms', 'push', 'whatsapp', 'max')),
  address         TEXT NOT NULL,
  -- Only forward; 'unknown' is reconciled or shown, never sent again blindly.
  state           TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'accepted', 'delivered', 'read', 'acknowledged', 'failed', 'unknown', 'cancelled')),
  -- What leaves first: 0 critical, 1 urgent, 2 normal.
  rank            INTEGER NOT NULL CHECK (rank BETWEEN 0 AND 2),
  due_at          INTEGER NOT NULL,
  not_before      INTEGER NOT NULL,
  lease_until     INTEGER,
  -- Set before the first byte goes to the service: after a crash it decides queued or unknown.
  wrote_at        INTEGER,
  -- Whose turn it is, then by which it went.
  route_id        INTEGER REFERENCES route (id) ON DELETE SET NULL,
  provider_id     TEXT,
  -- As the provider says it.
  provider_status TEXT,
  -- Hundredths; counted into the day's limit from the moment it may have left.
  cost            INTEGER,
  segments        INTEGER,
  attempts        INTEGER NOT NULL DEFAULT 0,
  -- Times that every route has been tried in vain.
  tries           INTEGER NOT NULL DEFAULT 0,
  error_code      TEXT,
  error_detail    TEXT,
  accepted_at     INTEGER,
  delivered_at    INTEGER,
  read_at         INTEGER,
  acknowledged_at INTEGER,
  failed_at       INTEGER,
  next_poll_at    INTEGER,
  polls           INTEGER NOT NULL DEFAULT 0,
  revision        INTEGER NOT NULL,
  UNIQUE (notification_id, round, step)
) STRICT;
CREATE INDEX delivery_queued ON delivery (route_id, rank, not_before) WHERE state = 'queued';
CREATE INDEX delivery_open ON delivery (state) WHERE state IN ('queued', 'sending', 'unknown');
CREATE INDEX delivery_sending ON delivery (id) WHERE state = 'sending';
CREATE INDEX delivery_polled ON delivery (next_poll_at) WHERE next_poll_at IS NOT NULL;
CREATE INDEX delivery_provider ON delivery (route_id, provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX delivery_address ON delivery (channel, address, id);
CREATE INDEX delivery_channel ON delivery (channel, notification_id);
CREATE INDEX delivery_unknown ON delivery (notification_id) WHERE state = 'unknown';

CREATE TABLE delivery_attempt (
  id          INTEGER PRIMARY KEY,
  delivery_id INTEGER NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
  route_id    INTEGER REFERENCES route (id) ON DELETE SET NULL,
  route_name  TEXT NOT NULL,
  started_at  INTEGER NOT NULL,
  wrote_at    INTEGER,
  ended_at    INTEGER,
  outcome     TEXT CHECK (outcome IN ('accepted', 'refused', 'not-sent', 'unknown')),
  code        TEXT,
  detail      TEXT,
  provider_id TEXT,
  -- Reserved when it is written, corrected by what the provider says; taken back when nothing left.
  cost        INTEGER NOT NULL DEFAULT 0,
  segments    INTEGER
) STRICT;
CREATE INDEX delivery_attempt_of ON delivery_attempt (delivery_id);
CREATE INDEX delivery_attempt_spent ON delivery_attempt (route_id, wrote_at, cost) WHERE cost > 0;

-- A trial message belongs to no ladder, and is paid for all the same.
CREATE TABLE trial_cost (
  id       INTEGER PRIMARY KEY,
  route_id INTEGER NOT NULL REFERENCES route (id) ON DELETE CASCADE,
  at       INTEGER NOT NULL,
  cost     INTEGER NOT NULL CHECK (cost > 0)
) STRICT;
CREATE INDEX trial_cost_of ON trial_cost (route_id, at);

-- What a provider said, once per event however often it says it.
CREATE TABLE receipt (
  id          INTEGER PRIMARY KEY,
  delivery_id INTEGER NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
  event_id    TEXT NOT NULL,
  status      TEXT NOT NULL CHECK (status IN ('accepted', 'delivered', 'read', 'acknowledged', 'failed')),
  raw         TEXT NOT NULL,
  at          INTEGER NOT NULL,
  taken_at    INTEGER NOT NULL,
  UNIQUE (delivery_id, event_id)
) STRICT;

-- What people say back, over whatever channel; kept even when nobody knows what it answers.
CREATE TABLE answer (
  id              INTEGER PRIMARY KEY,
  uuid            TEXT NOT NULL UNIQUE,
  channel         TEXT NOT NULL CHECK (channel IN ('telegram', 'email', 'sms', 'push', 'whatsapp', 'max', 'hand')),
  route_id        INTEGER REFERENCES route (id) ON DELETE SET NULL,
  event_id        TEXT NOT NULL,
  address         TEXT NOT NULL,
  contact_id      INTEGER REFERENCES contact (id) ON DELETE SET NULL,
  person_id       INTEGER REFERENCES person (id) ON DELETE SET NULL,
  notification_id INTEGER REFERENCES notification (id) ON DELETE SET NULL,
  call_id         INTEGER REFERENCES call (id) ON DELETE SET NULL,
  verb            TEXT CHECK (verb IN ('accepted', 'on-the-way', 'in-progress', 'done', 'cannot')),
  text            TEXT NOT NULL DEFAULT '',
  latitude        REAL,
  longitude       REAL,
  at              INTEGER NOT NULL,
  taken_at        INTEGER NOT NULL,
  -- What was said back, to be said again when it is told again; unheeded came too late, and nothing followed from it.
  reply           TEXT,
  heeded          INTEGER NOT NULL DEFAULT 1 CHECK (heeded IN (0, 1)),
  -- Of one that belongs to nothing: somebody has read it and left it so.
  settled_at      INTEGER,
  settled_by      INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  revision        INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX answer_event ON answer (channel, coalesce(route_id, 0), event_id);
CREATE INDEX answer_of_call ON answer (call_id, id) WHERE call_id IS NOT NULL;
CREATE INDEX answer_of_notification ON answer (notification_id) WHERE notification_id IS NOT NULL;
CREATE INDEX answer_taken ON answer (taken_at);
CREATE INDEX answer_lost ON answer (channel, address, taken_at) WHERE notification_id IS NULL;
CREATE INDEX answer_stray ON answer (id) WHERE notification_id IS NULL AND call_id IS NULL AND settled_at IS NULL;
CREATE TABLE answer_file (
  answer_id INTEGER NOT NULL REFERENCES answer (id) ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  sha256    TEXT NOT NULL,
  file_name TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  size      INTEGER NOT NULL,
  PRIMARY KEY (answer_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_file_hash ON answer_file (sha256);

-- What the dispatcher must hear about reaching people; sounds until acknowledged like an alarm of an incident.
CREATE TABLE reach_alarm (
  id              INTEGER PRIMARY KEY,
  kind            TEXT NOT NULL CHECK (kind IN ('not-reached', 'unknown', 'declined', 'nobody-left', 'call-overdue', 'call-answer')),
  notification_id INTEGER REFERENCES notification (id) ON DELETE CASCADE,
  call_id         INTEGER REFERENCES call (id) ON DELETE CASCADE,
  incident_id     INTEGER REFERENCES incident (id) ON DELETE CASCADE,
  raised_at       INTEGER NOT NULL,
  acknowledged_at INTEGER,
  acknowledged_by INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  revision        INTEGER NOT NULL
) STRICT;
CREATE INDEX reach_alarm_sounding ON reach_alarm (raised_at) WHERE acknowledged_at IS NULL;
CREATE INDEX reach_alarm_of_notification ON reach_alarm (notification_id) WHERE notification_id IS NOT NULL;
CREATE INDEX reach_alarm_of_call ON reach_alarm (call_id) WHERE call_id IS NOT NULL;
-- Technicians, who of them is on call, and calls to them.

CREATE TABLE skill (
  id       INTEGER PRIMARY KEY,
  key      TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  name_en  TEXT NOT NULL,
  position INTEGER NOT NULL,
  active   INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  revision INTEGER NOT NULL
) STRICT;

-- What a contact of the kind 'technician' is besides.
CREATE TABLE technician (
  contact_id      INTEGER PRIMARY KEY REFERENCES contact (id) ON DELETE CASCADE,
  -- 'off' is neither suggested nor passed on to, until `until` where it is given.
  availability    TEXT NOT NULL DEFAULT 'available' CHECK (availability IN ('available', 'busy', 'off')),
  available_until INTEGER,
  most_calls      INTEGER NOT NULL DEFAULT 2 CHECK (most_calls BETWEEN 1 AND 50),
  revision        INTEGER NOT NULL
) STRICT;
CREATE TABLE technician_skill (
  contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  skill_id   INTEGER NOT NULL REFERENCES skill (id) ON DELETE CASCADE,
  PRIMARY KEY (contact_id, skill_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE technician_region (
  contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  region_id  INTEGER NOT NULL REFERENCES region (id) ON DELETE CASCADE,
  PRIMARY KEY (contact_id, region_id)
) STRICT, WITHOUT ROWID;

-- The weekly plan of on-call duty, as roster.ts reads it.
CREATE TABLE on_call_rule (
  id            INTEGER PRIMARY KEY,
  contact_id    INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  weekdays      INTEGER NOT NULL CHECK (weekdays BETWEEN 1 AND 127),
  starts_minute INTEGER NOT NULL CHECK (starts_minute BETWEEN 0 AND 1439),
  ends_minute   INTEGER NOT NULL CHECK (ends_minute BETWEEN 0 AND 1439),
  zone          TEXT NOT NULL,
  revision      INTEGER NOT NULL
) STRICT;
CREATE INDEX on_call_rule_of ON on_call_rule (contact_id);
-- Stronger than the plan: on or off for a while, or in the place of somebody.
CREATE TABLE on_call_override (
  id                 INTEGER PRIMARY KEY,
  contact_id         INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  on_duty            INTEGER NOT NULL CHECK (on_duty IN (0, 1)),
  from_at            INTEGER NOT NULL,
  to_at              INTEGER NOT NULL,
  -- Of a swap: whose duty this is.
  instead_of_id      INTEGER REFERENCES contact (id) ON DELETE CASCADE,
  -- Both halves of a swap carry the same.
  swap               TEXT,
  reason             TEXT NOT NULL DEFAULT '',
  created_by         INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  created_at         INTEGER NOT NULL,
  revision           INTEGER NOT NULL,
  CHECK (from_at < to_at)
) STRICT;
CREATE INDEX on_call_override_of ON on_call_override (contact_id, to_at);

CREATE TABLE call (
  id             INTEGER PRIMARY KEY,
  uuid           TEXT NOT NULL UNIQUE,
  number         INTEGER NOT NULL UNIQUE,
  incident_id    INTEGER REFERENCES incident (id) ON DELETE SET NULL,
  asset_id       INTEGER REFERENCES asset (id) ON DELETE SET NULL,
  -- The asset or machine in words, as it stood.
  place          TEXT NOT NULL DEFAULT '',
  description    TEXT NOT NULL,
  urgency        TEXT NOT NULL CHECK (urgency IN ('normal', 'urgent', 'critical')),
  skill_id       INTEGER REFERENCES skill (id) ON DELETE SET NULL,
  region_id      INTEGER REFERENCES region (id) ON DELETE SET NULL,
  -- 'declined': nobody is left to ask; 'cancelled': the dispatcher took it back.
  state          TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'on-the-way', 'in-progress', 'completed', 'declined', 'cancelled')),
  -- Whom it is with now.
  contact_id     INTEGER REFERENCES contact (id) ON DELETE RESTRICT,
  -- Whether silence and refusal go on to the next by themselves.
  passes_on      INTEGER NOT NULL DEFAULT 1 CHECK (passes_on IN (0, 1)),
  -- Key of the clock of the work that follows it, and whether this call is what began it.
  work_kind      TEXT NOT NULL DEFAULT '',
  work_begun     INTEGER NOT NULL DEFAULT 0 CHECK (work_begun IN (0, 1)),
  requested_by   INTEGER REFERENCES person (id) ON DELETE RESTRICT,
  created_at     INTEGER NOT NULL,
  accepted_at    INTEGER,
  on_the_way_at  INTEGER,
  in_progress_at INTEGER,
  ended_at       INTEGER,
  result         TEXT NOT NULL DEFAULT '',
  latitude       REAL,
  longitude      REAL,
  located_at     INTEGER,
  -- Answers after this one have not been looked at.
  seen_answer_id INTEGER NOT NULL DEFAULT 0,
  revision       INTEGER NOT NULL
) STRICT;
CREATE INDEX call_open ON call (state, id) WHERE state IN ('pending', 'accepted', 'on-the-way', 'in-progress');
CREATE INDEX call_of_incident ON call (incident_id) WHERE incident_id IS NOT NULL;
CREATE INDEX call_of_asset ON call (asset_id) WHERE asset_id IS NOT NULL;
CREATE INDEX call_of_contact ON call (contact_id, state);
CREATE INDEX call_created ON call (created_at);
CREATE INDEX call_ended ON call (ended_at) WHERE ended_at IS NOT NULL;

-- Whom it was put to, in order, and what became of it.
CREATE TABLE call_turn (
  id          INTEGER PRIMARY KEY,
  call_id     INTEGER NOT NULL REFERENCES call (id) ON DELETE CASCADE,
  contact_id  INTEGER NOT NULL REFERENCES contact (id) ON DELETE RESTRICT,
  -- Why this one: JSON of what the choice was made by.
  why         TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(why)),
  -- The ladder that asks them.
  notification_id INTEGER REFERENCES notification (id) ON DELETE SET NULL,
  asked_at    INTEGER NOT NULL,
  -- When they count as silent; NULL is not waited for.
  silent_at   INTEGER,
  ended_at    INTEGER,
  outcome     TEXT CHECK (outcome IN ('accepted', 'declined', 'silent', 'withdrawn')),
  reason      TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX call_turn_of ON call_turn (call_id, id);
CREATE INDEX call_turn_due ON call_turn (silent_at) WHERE ended_at IS NULL AND silent_at IS NOT NULL;
CREATE INDEX call_turn_notification ON call_turn (notification_id) WHERE notification_id IS NOT NULL;
CREATE INDEX call_turn_asked ON call_turn (contact_id, asked_at);

CREATE TABLE call_clock (
  call_id    INTEGER NOT NULL REFERENCES call (id) ON DELETE CASCADE,
  -- 'accept', 'arrive' and 'complete'.
  kind       TEXT NOT NULL CHECK (kind IN ('accept', 'arrive', 'complete')),
  started_at INTEGER NOT NULL,
  due_at     INTEGER NOT NULL,
  ended_at   INTEGER,
  raised     INTEGER NOT NULL DEFAULT 0 CHECK (raised IN (0, 1)),
  PRIMARY KEY (call_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_clock_due ON call_clock (due_at) WHERE ended_at IS NULL AND raised = 0;

CREATE TABLE call_file (
  call_id   INTEGER NOT NULL REFERENCES call (id) ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  sha256    TEXT NOT NULL,
  file_name TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  size      INTEGER NOT NULL,
  PRIMARY KEY (call_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_file_hash ON call_file (sha256);

-- A hand-over of Desk that its contractor may acknowledge without any portal.
CREATE TABLE contractor_request (
  id          INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  contact_id  INTEGER REFERENCES contact (id) ON DELETE SET NULL,
  -- Whom the letter went to, in words, and by addresses as JSON.
  name        TEXT NOT NULL,
  addresses   TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(addresses)),
  -- Key of the clock of the work it hands over; empty hands over none.
  work_kind   TEXT NOT NULL DEFAULT '',
  -- The letter it went by, and the notification that asks for the acknowledgement.
  message_id      INTEGER REFERENCES message (id) ON DELETE SET NULL,
  notification_id INTEGER REFERENCES notification (id) ON DELETE SET NULL,
  code        TEXT NOT NULL UNIQUE,
  state       TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'on-the-way', 'in-progress', 'done', 'declined', 'withdrawn')),
  asked_at    INTEGER NOT NULL,
  -- When their silence sounds; NULL until the letter has left.
  silent_at   INTEGER,
  raised      INTEGER NOT NULL DEFAULT 0 CHECK (raised IN (0, 1)),
  answered_at INTEGER,
  revision    INTEGER NOT NULL
) STRICT;
CREATE INDEX contractor_request_of ON contractor_request (incident_id);
CREATE INDEX contractor_request_letter ON contractor_request (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX contractor_request_notification ON contractor_request (notification_id) WHERE notification_id IS NOT NULL;
CREATE INDEX contractor_request_due ON contractor_request (silent_at) WHERE state = 'waiting' AND raised = 0;
