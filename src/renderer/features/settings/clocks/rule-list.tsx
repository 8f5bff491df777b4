import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ClockRule } from '../../../../shared/contract/clocks.ts';
import { useDesk } from '../../../lib/desk.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Table } from '../../../ui/table.tsx';
import { keyFrom, nextPosition } from '../lists/item-form.ts';
import { ItemSide } from '../lists/item-side.tsx';
import styles from '../settings.module.css';
import { RuleFields } from './rule-fields.tsx';
import { formOf, ruleOf, type RuleForm } from './rule-form.ts';
import type { ClockLists } from './use-clock-lists.ts';

const minuteMs = 60_000;

/** Every clock an incident may have: how long, by which hours, what holds and ends it, when it warns. */
export function RuleList({ lists }: { readonly lists: ClockLists }) {
  const { t } = useTranslation();
  const { rpc, preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const format = useFormat();
  const [form, setForm] = useState<RuleForm>();
  const { rules, calendars } = lists;
  const calendarNames = new Map(calendars.map((calendar) => [calendar.id, nameOf(calendar, language)]));
  const saved = form ? ruleOf(form) : undefined;

  async function save(): Promise<unknown> {
    if (!saved) return undefined;
    const key = saved.key || keyFrom(saved.nameEn || saved.name, new Set(rules.map((rule) => rule.key)));
    const lists = { pauseStatusIds: [...saved.pauseStatusIds], endStatusIds: [...saved.endStatusIds] };
    return rpc.clocks.saveRule({ ...saved, ...lists, warnPercents: [...saved.warnPercents], key });
  }

  const lengthOf = ({ target, targetMinutes }: ClockRule): string =>
    target === 'fixed' && targetMinutes !== null
      ? format.age(targetMinutes * minuteMs)
      : t(`clocks.settings.targetBy.${target}`);

  return (
    <div className={styles.split} data-single={form === undefined}>
      <div className={styles.fields}>
        <div>
          <Button onClick={() => setForm(blank(rules, calendars[0]?.id ?? 0))}>
            {t('clocks.settings.addRule')}
          </Button>
        </div>
        <Table
          label={t('clocks.settings.rules')}
          columns={[
            { key: 'name', label: t('clocks.settings.name') },
            { key: 'starts', label: t('clocks.settings.starts') },
            { key: 'length', label: t('clocks.settings.length') },
            { key: 'calendar', label: t('clocks.settings.calendar') },
            { key: 'edit', label: t('settings.edit'), width: 110, end: true, silent: true },
          ]}
        >
          {rules.map((rule) => (
            <tr key={rule.id}>
              <td>
                {nameOf(rule, language)}
                {rule.active ? null : <span className={styles.faint}> · {t('settings.lists.hidden')}</span>}
              </td>
              <td data-dim="true">{t(`clocks.settings.startsBy.${rule.starts}`)}</td>
              <td>{lengthOf(rule)}</td>
              <td data-dim="true">{calendarNames.get(rule.calendarId) ?? ''}</td>
              <td data-end="true">
                <Button
                  kind="quiet"
                  label={`${t('settings.edit')}: ${nameOf(rule, language)}`}
                  onClick={() => setForm(formOf(rule))}
                >
                  {t('settings.edit')}
                </Button>
              </td>
            </tr>
          ))}
        </Table>
      </div>
      {form ? (
        <ItemSide
          key={form.id ?? 'new'}
          form={form}
          title={
            form.id === null
              ? t('clocks.settings.addRule')
              : t('clocks.settings.editRule', { name: form.name })
          }
          onForm={setForm}
          onSave={save}
          onClose={() => setForm(undefined)}
          valid={saved !== undefined}
        >
          <RuleFields form={form} onForm={setForm} calendars={calendars} />
        </ItemSide>
      ) : null}
    </div>
  );
}

function blank(rules: readonly ClockRule[], calendarId: number): RuleForm {
  return {
    id: null,
    key: '',
    name: '',
    nameEn: '',
    starts: 'hand',
    categoryId: null,
    target: 'fixed',
    minutes: '',
    calendarId,
    pauseStatusIds: [],
    endStatusIds: [],
    warns: '',
    escalate: '',
    position: nextPosition(rules),
    active: true,
  };
}
