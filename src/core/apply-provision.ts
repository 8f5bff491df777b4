import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../shared/contract/letters.ts';
import type { Accounts } from './mail/accounts.ts';
import type { Provision, ProvisionedAccount } from './app-types.ts';
import { savePerson, saveRoster, type PeopleParts } from './people/people.ts';
import { isPin } from './people/pin.ts';
import type { Settings } from './settings/desk-settings.ts';

type Parts = {
  readonly people: PeopleParts;
  readonly accounts: Accounts;
  readonly settings: Settings;
  readonly provideRegistry: (registry: NonNullable<Provision['registry']>) => void;
  /** Keeps the key without asking Telegram: the file is trusted as a person who insists would be. */
  readonly setTelegramApi: (api: NonNullable<Provision['telegramApi']>) => void;
};

/** Brings the desk to what its configuration file says; harmless when repeated, silent about what the file leaves out. */
export function applyProvision(parts: Parts, provision: Provision): void {
  const { people, accounts, settings } = parts;
  if (provision.telegramApi) parts.setTelegramApi(provision.telegramApi);
  if (provision.registry) parts.provideRegistry(provision.registry);
  const changed = Object.entries(provision.settings).filter(
    ([key, value]) =>
      value !== undefined && JSON.stringify(value) !== JSON.stringify(settings.get()[key as 'zone']),
  );
  if (changed.length > 0) settings.save(Object.fromEntries(changed), null);
  for (const person of provision.people) {
    const known = people.people.all().find(({ name }) => name === person.name);
    const same =
      known !== undefined &&
      known.role === person.role &&
      known.email === person.email &&
      known.phone === person.phone &&
      (person.pin === undefined || (known.pinHash !== null && isPin(person.pin, known.pinHash)));
    const active = known === undefined || known.active === 1;
    const id = same ? known.id : savePerson(people, { ...person, id: known?.id, active }, null);
    if (person.roster !== undefined) {
      const lines = person.roster.map((line) => ({ ...line, zone: line.zone ?? settings.get().zone }));
      const before = people.people.rules().filter(({ personId }) => personId === id);
      const plain = before.map(({ id: _id, personId: _personId, ...line }) => line);
      if (!isDeepStrictEqual(plain, lines)) saveRoster(people, id, lines, null);
    }
  }
  for (const account of provision.accounts) {
    const { settings: wanted, password } = account;
    const known = accounts.findByAddress(wanted.address);
    if (known && isSame(accounts, known, account)) continue;
    const input = { settings: wanted, password, opensFrom: account.opensFrom ?? null };
    accounts.save({ ...input, id: known?.id ?? null }, null);
  }
}

function isSame(accounts: Accounts, known: Account, { settings, password }: ProvisionedAccount): boolean {
  const { id, opensFrom: _opensFrom, haltedReason, ...present } = known;
  if (haltedReason !== null || !isDeepStrictEqual(present, settings)) return false;
  try {
    return accounts.password(id) === password;
  } catch {
    // Sealed on another machine or by a lost key: the file's password takes its place.
    return false;
  }
}
