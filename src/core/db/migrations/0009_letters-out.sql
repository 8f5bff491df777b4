-- Letters out: whom a template is for, what it asks for and what it does is data, like its words.

ALTER TABLE template ADD COLUMN audience TEXT NOT NULL DEFAULT 'applicant'
  CHECK (audience IN ('applicant', 'emergency', 'repair', 'contractors'));
-- 'first': an answer to the letter that opened the incident; 'own': a thread beside it, begun by this letter.
ALTER TABLE template ADD COLUMN thread TEXT NOT NULL DEFAULT 'first' CHECK (thread IN ('first', 'own'));
-- What must be known before it may leave; JSON of 'asset', 'category', 'type', 'type-sla', 'repair-priority'.
ALTER TABLE template ADD COLUMN requires TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(requires));
-- Where the incident stands while it is on its way, when the server has it, and when it cannot leave; NULL changes nothing.
ALTER TABLE template ADD COLUMN during_status_id INTEGER REFERENCES status (id) ON DELETE SET NULL;
ALTER TABLE template ADD COLUMN after_status_id INTEGER REFERENCES status (id) ON DELETE SET NULL;
ALTER TABLE template ADD COLUMN failed_status_id INTEGER REFERENCES status (id) ON DELETE SET NULL;
-- The work whose clock it begins (clock_rule.key), and from when.
ALTER TABLE template ADD COLUMN begins_work TEXT NOT NULL DEFAULT '';
ALTER TABLE template ADD COLUMN begins_from TEXT NOT NULL DEFAULT 'now' CHECK (begins_from IN ('registered', 'now'));
ALTER TABLE template ADD COLUMN ends_works INTEGER NOT NULL DEFAULT 0 CHECK (ends_works IN (0, 1));
ALTER TABLE template ADD COLUMN arms_auto_close INTEGER NOT NULL DEFAULT 0 CHECK (arms_auto_close IN (0, 1));
-- Sent by Pult itself; a dispatcher is not offered it.
ALTER TABLE template ADD COLUMN automatic INTEGER NOT NULL DEFAULT 0 CHECK (automatic IN (0, 1));
-- Drafts and letters name it by its key for ever, and a template that came with Pult does not come back.
ALTER TABLE template ADD COLUMN removed_at INTEGER;

UPDATE template SET during_status_id = (SELECT id FROM status WHERE key = 'notifying-operator'),
  after_status_id = (SELECT id FROM status WHERE key = 'operator-notified'),
  failed_status_id = (SELECT id FROM status WHERE key = 'error') WHERE key = 'accepted';
UPDATE template SET during_status_id = (SELECT id FROM status WHERE key = 'notifying-closure'),
  after_status_id = (SELECT id FROM status WHERE key = 'closure-notified'),
  failed_status_id = (SELECT id FROM status WHERE key = 'error'), ends_works = 1, arms_auto_close = 1
WHERE key = 'closed';

-- With whom a conversation is held: contractors have threads of their own beside the applicant's.
ALTER TABLE conversation ADD COLUMN party TEXT NOT NULL DEFAULT 'applicant'
  CHECK (party IN ('applicant', 'emergency', 'repair', 'contractors'));

-- Letters nobody wrote, one row for each address they went to. They outlive a restart: two desks that answer each
-- other would count anew after each.
CREATE TABLE automatic_letter (
  id         INTEGER PRIMARY KEY,
  -- The letter that was answered; answered once, whatever happens.
  message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  -- In lower case, without what stands after a plus sign.
  address    TEXT NOT NULL,
  at         INTEGER NOT NULL,
  -- NULL: held back, this address has had its letters of the hour.
  outbox_id  INTEGER REFERENCES outbox (id) ON DELETE CASCADE,
  UNIQUE (message_id, address)
) STRICT;
CREATE INDEX automatic_letter_by_address ON automatic_letter (address, at) WHERE outbox_id IS NOT NULL;

-- Mailboxes that let Pult in by a token instead of a password.
ALTER TABLE account ADD COLUMN auth TEXT NOT NULL DEFAULT 'password' CHECK (auth IN ('password', 'oauth'));

CREATE TABLE account_token (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  provider   TEXT NOT NULL CHECK (provider IN ('google', 'microsoft')),
  -- Sealed JSON of the refresh token and the access token.
  sealed     TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  revision   INTEGER NOT NULL
) STRICT;

-- The company's own registration with a provider.
CREATE TABLE oauth_client (
  provider      TEXT PRIMARY KEY CHECK (provider IN ('google', 'microsoft')),
  client_id     TEXT NOT NULL,
  -- NULL: registered as a public client, which has none.
  sealed_secret TEXT,
  -- Microsoft's directory: 'common', 'organizations' or the tenant's own id.
  tenant        TEXT NOT NULL DEFAULT '',
  revision      INTEGER NOT NULL
) STRICT;

-- When silence closes the incident, as the words of the letter promise it.
ALTER TABLE draft ADD COLUMN promised_close_at INTEGER;
