import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Person, RosterRule } from '../../shared/contract/session.ts';
import type { Rpc } from './desk.ts';

export type PeopleState = {
  readonly people: ReadonlyMap<number, Person>;
  readonly rules: readonly RosterRule[];
  readonly loaded: boolean;
};

export function createPeopleStore(): StoreApi<PeopleState> {
  return createStore<PeopleState>(() => ({ people: new Map(), rules: [], loaded: false }));
}

export async function loadPeople(store: StoreApi<PeopleState>, rpc: Rpc): Promise<void> {
  const { people, rules } = await rpc.people.list({});
  store.setState({ people: new Map(people.map((person) => [person.id, person])), rules, loaded: true });
}

/** "Орлова Анна Сергеевна" is "Орлова А.", "Анна Лебедева" is "Анна Л.": desks write names either way round. */
export function shortName(name: string): string {
  const [first = '', second] = name.trim().split(/\s+/);
  return second ? `${first} ${second.slice(0, 1)}.` : first;
}
