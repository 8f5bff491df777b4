import type { IgnoreRule } from '../../shared/contract/settings.ts';
import type { RuleFacts } from '../../shared/domain/journal-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { Db } from '../db/open.ts';
import type { RuleStore } from '../db/rule-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../platform/clock.ts';

export type RuleInput = Pick<IgnoreRule, 'field' | 'value' | 'active'>;

/** Rules of what is not an incident, each change told to the journal. */
export type RuleDesk = {
  all(): readonly IgnoreRule[];
  add(rule: RuleInput, actor: number): number;
  change(id: number, rule: RuleInput, actor: number): number;
  remove(id: number, actor: number): void;
};

type Parts = { readonly db: Db; readonly rules: RuleStore; readonly journal: Journal; readonly clock: Clock };

export function createRuleDesk({ db, rules, journal, clock }: Parts): RuleDesk {
  const told = (id: number, rule: RuleInput, before: RuleInput | undefined, actor: number) => {
    const { field, value, active } = rule;
    journal.append({
      kind: 'rule.saved',
      subject: 'rule',
      subjectId: id,
      actorId: actor,
      facts: { field, value, active, before: before ? factsOf(before) : null, after: factsOf(rule) },
    });
    db.touch('rule');
    return id;
  };
  const require = (id: number): IgnoreRule => {
    const rule = rules.find(id);
    if (!rule) throw new AppError('not-found', { details: { reason: 'rule', id } });
    return rule;
  };
  return {
    all: rules.all,
    add: (rule, actor) =>
      db.transact((revision) => {
        const before = rules.all().find(({ field, value }) => field === rule.field && value === rule.value);
        const id = rules.save({ ...rule, createdBy: actor, createdAt: clock.now() }, revision);
        return told(id, rule, before, actor);
      }),
    change: (id, rule, actor) =>
      db.transact((revision) => {
        const before = require(id);
        const same = rules.all().find(({ field, value }) => field === rule.field && value === rule.value);
        if (same && same.id !== id) throw new AppError('conflict', { details: { reason: 'rule-exists' } });
        rules.update(id, rule, revision);
        return told(id, rule, before, actor);
      }),
    remove(id, actor) {
      db.transact(() => {
        const before = require(id);
        const { field, value } = before;
        rules.remove(id);
        journal.append({
          kind: 'rule.removed',
          subject: 'rule',
          subjectId: id,
          actorId: actor,
          facts: { field, value, before: factsOf(before), after: null },
        });
        db.touch('rule');
      });
    },
  };
}

function factsOf({ field, value, active }: RuleInput): RuleFacts {
  return { field, value, active };
}
