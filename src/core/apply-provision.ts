import type { Accounts } from './mail/accounts.ts';
import type { Provision } from './app-types.ts';
import { savePerson, saveRoster, type PeopleParts } from './people/people.ts';
import type { Settings } from './settings/desk-settings.ts';

type Parts = { readonly people: PeopleParts; readonly accounts: Accounts; readonly settings: Settings };

/** Brings the desk to what its configuration file says; harmless when repeated, silent about what the file leaves out. */
export function applyProvision({ people, accounts, settings }: Parts, provision: Provision): void {
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
      person.pin === undefined;
    const id = same ? known.id : savePerson(people, { ...person, id: known?.id, active: true }, null);
    if (person.roster !== undefined) {
      const lines = person.roster.map((line) => ({ ...line, zone: line.zone ?? settings.get().zone }));
      const before = people.people.rules().filter(({ personId }) => personId === id);
      const plain = before.map(({ id: _id, personId: _personId, ...line }) => line);
      if (JSON.stringify(plain) !== JSON.stringify(lines)) saveRoster(people, id, lines, null);
    }
  }
  for (const account of provision.accounts) {
    const known = accounts.findByAddress(account.settings.address);
    const input = {
      settings: account.settings,
      password: account.password,
      opensFrom: account.opensFrom ?? null,
    };
    accounts.save({ ...input, id: known?.id ?? null }, null);
  }
}
