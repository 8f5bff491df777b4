import type { IgnoreRule } from '../../shared/contract/settings.ts';
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
  const told = (id: number, { field, value, active }: RuleInput, actor: number) => {
    journal.append({
      kind: 'rule.saved',
      subject: 'rule',
      subjectId: id,
      actorId: actor,
      facts: { field, value, active },
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
        const id = rules.save({ ...rule, createdBy: actor, createdAt: clock.now() }, revision);
        return told(id, rule, actor);
      }),
    change: (id, rule, actor) =>
      db.transact((revision) => {
        require(id);
        const same = rules.all().find(({ field, value }) => field === rule.field && value === rule.value);
        if (same && same.id !== id) throw new AppError('conflict', { details: { reason: 'rule-exists' } });
        rules.update(id, rule, revision);
        return told(id, rule, actor);
      }),
    remove(id, actor) {
      db.transact(() => {
        const { field, value } = require(id);
        rules.remove(id);
        journal.append({
          kind: 'rule.removed',
          subject: 'rule',
          subjectId: id,
          actorId: actor,
          facts: { field, value },
        });
        db.touch('rule');
      });
    },
  };
}
