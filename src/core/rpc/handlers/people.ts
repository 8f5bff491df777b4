import type { PultContract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { endShift, startShift } from '../../people/duty.ts';
import { listPeople, savePerson, saveRoster } from '../../people/people.ts';
import { findSets } from '../../keeping/set-manifest.ts';
import type { DeskParts } from '../desk-parts.ts';
import { restoreSet, setView } from './keeping-sets.ts';
import { actorOf, type Context } from '../desk-session.ts';
import { withUndo } from './undo.ts';

type Groups = Pick<Handlers<PultContract, Context>, 'session' | 'people' | 'setup'>;

export function peopleHandlers(parts: DeskParts): Groups {
  const { desk, duty, signIn, settings } = parts;
  const personView = (id: number) => {
    const found = listPeople(desk).find((person) => person.id === id);
    if (!found) throw new AppError('not-found', { details: { reason: 'person', id } });
    return found;
  };
  const enter = (context: Context, personId: number, pin: string | undefined) => {
    const { key } = signIn.signIn({ personId, pin, sessionId: context.session.id });
    context.session.personId = personId;
    context.session.key = key;
    return key;
  };
  return {
    session: {
      people: () => ({
        people: listPeople(desk)
          .filter((person) => person.active)
          .map(({ id, name, role, hasPin, onDutySince }) => ({ id, name, role, hasPin, onDutySince })),
      }),
      async signIn({ personId, pin }, context) {
        const key = enter(context, personId, pin);
        return { person: personView(personId), key };
      },
      async resume({ key }, context) {
        const person = signIn.resume(key);
        context.session.personId = person.id;
        context.session.key = key;
        return { person: personView(person.id) };
      },
      async signOut(_input, { session }) {
        if (session.key !== null) signIn.signOut(session.key);
        session.personId = null;
        session.key = null;
        return {};
      },
    },
    people: {
      list: () => ({ people: listPeople(desk), rules: desk.people.rules(), zone: settings.get().zone }),
      save: (input, context) => withUndo(desk, () => ({ id: savePerson(desk, input, actorOf(context)) })),
      saveRoster: ({ personId, rules }, context) =>
        withUndo(desk, () => {
          saveRoster(desk, personId, rules, actorOf(context));
          return {};
        }),
      startShift: ({ personId }, context) => ({ assigned: startShift(duty, personId, actorOf(context)) }),
      endShift({ personId }, context) {
        endShift(duty, personId, actorOf(context));
        return {};
      },
    },
    setup: {
      async begin({ zone, codePrefix, person }, context) {
        requireEmpty(parts);
        const personId = desk.db.transact(() => {
          settings.save({ zone, codePrefix }, null);
          const blank = { role: 'lead', email: '', phone: '', active: true } as const;
          const id = savePerson(desk, { ...blank, name: person.name, pin: person.pin }, null);
          desk.journal.append({
            kind: 'desk.set-up',
            subject: 'desk',
            subjectId: 0,
            actorId: id,
            facts: { codePrefix, zone },
          });
          return id;
        });
        return { personId, key: enter(context, personId, person.pin ?? undefined) };
      },
      async findSets({ path }) {
        requireEmpty(parts);
        return { sets: (await findSets(path)).map((set) => setView(set, parts.keeping.workstation)) };
      },
      async restoreSet({ path }) {
        requireEmpty(parts);
        await restoreSet(parts, path);
        return {};
      },
    },
  };
}

/** Nobody has signed in yet: what stands open to everybody must end with the first person. */
function requireEmpty({ setupNeeded }: DeskParts): void {
  if (!setupNeeded()) throw new AppError('conflict', { details: { reason: 'already-set-up' } });
}
