import type { Db } from './open.ts';

export type SealedPlace = keyof typeof places;

export type SealedValue = { readonly place: SealedPlace; readonly id: number; readonly sealed: string };

/** Every sealed text in the database, wherever it lies, for what concerns them all: another key. */
export type SecretStore = {
  all(): readonly SealedValue[];
  replace(value: SealedValue, revision: number): void;
};

/** Telegram sessions are not here: they lie outside the database and are good on one machine alone. */
const places = {
  account: {
    select: "SELECT id, sealed_password AS sealed FROM account WHERE sealed_password <> ''",
    update: 'UPDATE account SET sealed_password = :sealed, revision = :revision WHERE id = :id',
  },
  token: {
    select: 'SELECT account_id AS id, sealed FROM account_token',
    update: 'UPDATE account_token SET sealed = :sealed, revision = :revision WHERE account_id = :id',
  },
  'oauth-client': {
    select: 'SELECT rowid AS id, sealed_secret AS sealed FROM oauth_client WHERE sealed_secret IS NOT NULL',
    update: 'UPDATE oauth_client SET sealed_secret = :sealed, revision = :revision WHERE rowid = :id',
  },
  'asset-source': {
    select: 'SELECT id, auth_sealed AS sealed FROM asset_source WHERE auth_sealed IS NOT NULL',
    update: 'UPDATE asset_source SET auth_sealed = :sealed, revision = :revision WHERE id = :id',
  },
  route: {
    select: 'SELECT id, sealed FROM route WHERE sealed IS NOT NULL',
    update: 'UPDATE route SET sealed = :sealed, revision = :revision WHERE id = :id',
  },
  'telegram-api': {
    select: `SELECT rowid AS id, json_extract(value, '$.sealedHash') AS sealed FROM setting
      WHERE key = 'telegram-api' AND json_extract(value, '$.sealedHash') IS NOT NULL`,
    update: `UPDATE setting SET value = json_set(value, '$.sealedHash', :sealed), revision = :revision
      WHERE rowid = :id`,
  },
} as const;

const names = Object.keys(places) as SealedPlace[];

export function createSecretStore(db: Db): SecretStore {
  return {
    all: () =>
      names.flatMap((place) =>
        db
          .prepare<[], { id: number; sealed: string }>(places[place].select)
          .all()
          .map((row) => ({ place, ...row })),
      ),
    replace: ({ place, id, sealed }, revision) =>
      void db.prepare<[object], void>(places[place].update).run({ id, sealed, revision }),
  };
}
