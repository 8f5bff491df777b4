import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RosterPlan } from '../../../shared/domain/roster.ts';
import { Button } from '../../ui/button.tsx';
import { fromClockText, toClockText } from './roster.ts';
import styles from './roster.module.css';
import { RosterRuleRow, type RuleText } from './roster-rule-row.tsx';

const presets = [
  { key: 'days', weekdays: 0b0011111, starts: '08:00', ends: '20:00' },
  { key: 'nights', weekdays: 0b0011111, starts: '20:00', ends: '08:00' },
  { key: 'duty', weekdays: 0b0000001, starts: '08:00', ends: '08:00' },
] as const;

const mostRules = 20;

/** A weekly plan; saved as a whole, so that half a change never takes effect. */
export function PlanEditor({
  rules,
  zone,
  none,
  help,
  onSave,
}: {
  readonly rules: readonly RosterPlan[];
  /** Of what is added. */
  readonly zone: string;
  /** What an empty plan means. */
  readonly none: string;
  readonly help: string;
  readonly onSave: (rules: RosterPlan[]) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [rows, setRows] = useState<readonly RuleText[]>(() => rules.map(toText));
  const [busy, setBusy] = useState(false);
  const [nextKey, setNextKey] = useState(-1);
  const parsed = rows.map(toRule);
  const valid = parsed.every((rule) => rule !== undefined);
  const changed = JSON.stringify(rows.map(plain)) !== JSON.stringify(rules.map(toText).map(plain));

  function add(preset: (typeof presets)[number]): void {
    const { weekdays, starts, ends } = preset;
    setRows([...rows, { key: nextKey, weekdays, starts, ends, zone }]);
    setNextKey(nextKey - 1);
  }

  async function save(): Promise<void> {
    const ready = parsed.filter((rule) => rule !== undefined);
    if (!valid) return;
    setBusy(true);
    await onSave(ready);
    setBusy(false);
  }

  return (
    <div className={styles.plan}>
      <p className={styles.faint}>{rows.length === 0 ? none : help}</p>
      {rows.map((row, index) => (
        <RosterRuleRow
          key={row.key}
          number={index + 1}
          rule={row}
          onChange={(next) => setRows(rows.map((other) => (other.key === row.key ? next : other)))}
          onRemove={() => setRows(rows.filter((other) => other.key !== row.key))}
        />
      ))}
      <div className={styles.presets}>
        {presets.map((preset) => (
          <Button
            key={preset.key}
            kind="quiet"
            onClick={() => add(preset)}
            disabled={rows.length >= mostRules}
          >
            {`+ ${t(`people.roster.preset.${preset.key}`)}`}
          </Button>
        ))}
      </div>
      <div className={styles.actions}>
        <Button kind="primary" busy={busy} disabled={!valid || !changed} onClick={() => void save()}>
          {t('people.roster.save')}
        </Button>
      </div>
    </div>
  );
}

function toText(rule: RosterPlan, index: number): RuleText {
  return {
    key: index,
    weekdays: rule.weekdays,
    starts: toClockText(rule.startsMinute),
    ends: toClockText(rule.endsMinute),
    zone: rule.zone,
  };
}

function toRule({ weekdays, starts, ends, zone }: RuleText): RosterPlan | undefined {
  const startsMinute = fromClockText(starts);
  const endsMinute = fromClockText(ends);
  if (startsMinute === undefined || endsMinute === undefined || weekdays === 0) return undefined;
  return { weekdays, startsMinute, endsMinute, zone };
}

function plain({ weekdays, starts, ends, zone }: RuleText) {
  return { weekdays, starts, ends, zone };
}
