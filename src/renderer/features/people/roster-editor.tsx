import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RosterRule } from '../../../shared/contract/session.ts';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import styles from './people.module.css';
import { fromClockText, toClockText } from './roster.ts';
import { RosterRuleRow, type RuleText } from './roster-rule-row.tsx';

const presets = [
  { key: 'days', weekdays: 0b0011111, starts: '08:00', ends: '20:00' },
  { key: 'nights', weekdays: 0b0011111, starts: '20:00', ends: '08:00' },
  { key: 'duty', weekdays: 0b0000001, starts: '08:00', ends: '08:00' },
] as const;

/** The weekly plan of one person; saved as a whole, so that half a change never takes effect. */
export function RosterEditor({
  personId,
  rules,
  zone,
}: {
  readonly personId: number;
  readonly rules: readonly RosterRule[];
  readonly zone: string;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
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
    await command(() => rpc.people.saveRoster({ personId, rules: ready }), {
      done: t('people.roster.saved'),
    });
    setBusy(false);
  }

  return (
    <section className={styles.roster} aria-label={t('people.roster.title')}>
      <h2>{t('people.roster.title')}</h2>
      <p className={styles.faint}>
        {rows.length === 0 ? t('people.roster.none') : t('people.roster.help', { zone })}
      </p>
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
          <Button key={preset.key} kind="quiet" onClick={() => add(preset)} disabled={rows.length >= 20}>
            {`+ ${t(`people.roster.preset.${preset.key}`)}`}
          </Button>
        ))}
      </div>
      <div className={styles.formActions}>
        <Button kind="primary" busy={busy} disabled={!valid || !changed} onClick={() => void save()}>
          {t('people.roster.save')}
        </Button>
      </div>
    </section>
  );
}

function toText(rule: RosterRule): RuleText {
  return {
    key: rule.id,
    weekdays: rule.weekdays,
    starts: toClockText(rule.startsMinute),
    ends: toClockText(rule.endsMinute),
    zone: rule.zone,
  };
}

function toRule({ weekdays, starts, ends, zone }: RuleText) {
  const startsMinute = fromClockText(starts);
  const endsMinute = fromClockText(ends);
  if (startsMinute === undefined || endsMinute === undefined || weekdays === 0) return undefined;
  return { weekdays, startsMinute, endsMinute, zone };
}

function plain({ weekdays, starts, ends, zone }: RuleText) {
  return { weekdays, starts, ends, zone };
}
