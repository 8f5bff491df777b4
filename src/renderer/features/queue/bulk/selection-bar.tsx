import { ListChecks, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { mostAtOnce } from '../../../../shared/contract/notes.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useKeys, useShortcut } from '../../../lib/hotkeys.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { nextTime } from '../../../lib/wall-time.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../../ui/menu.tsx';
import { RefusalReport } from './refusal-report.tsx';
import styles from './selection-bar.module.css';
import { type Bulk, useBulk } from './use-bulk.ts';
import type { Selection } from './use-selection.ts';

/** How many are chosen and what can be done with them; one row, away while nothing is chosen. */
export function SelectionBar({
  selection,
  onAnswerAll,
}: {
  readonly selection: Selection;
  readonly onAnswerAll: (ids: readonly number[]) => void;
}) {
  const bulk = useBulk(selection);
  return (
    <>
      {selection.ids.size > 0 ? (
        <Bar selection={selection} bulk={bulk} onAnswerAll={() => onAnswerAll([...selection.ids])} />
      ) : null}
      <RefusalReport refused={bulk.refused} onClose={bulk.closeReport} />
    </>
  );
}

function Bar({
  selection,
  bulk,
  onAnswerAll,
}: {
  readonly selection: Selection;
  readonly bulk: Bulk;
  readonly onAnswerAll: () => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const [open, setOpen] = useState(false);
  const lists = [...useLists(bulk), ...useLife(selection, bulk)];
  useShortcut('bulkActions', () => setOpen(true));
  useShortcut('back', () => selection.clear());
  const count = selection.ids.size;
  const most = count === mostAtOnce ? ` · ${t('notes.bulk.most', { count: mostAtOnce })}` : '';
  const action = (key: string, label: string, run: () => Promise<void>): MenuItem => ({
    key,
    label,
    onSelect: () => void run(),
  });
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('notes.bulk.label')}>
      <span className={styles.count} role="status">
        {t('notes.bulk.count', { count })}
        {most}
      </span>
      <Menu
        open={open}
        onOpenChange={setOpen}
        target={
          <Button kind="primary" keys={keys('bulkActions')}>
            {t('notes.bulk.actions')}
          </Button>
        }
        items={[
          action('acknowledge', t('notes.bulk.acknowledge'), bulk.acknowledge),
          action('read', t('notes.bulk.markRead'), bulk.markRead),
          { key: 'stars', divider: true },
          action('normal', t('notes.bulk.starNormal'), () => bulk.setFavourite('normal')),
          action('important', t('notes.bulk.starImportant'), () => bulk.setFavourite('important')),
          action('none', t('notes.bulk.starNone'), () => bulk.setFavourite(null)),
          { key: 'answers', divider: true },
          { key: 'answer', label: t('notes.bulk.answer'), onSelect: onAnswerAll },
          { key: 'priorities', divider: true },
          action('high', t('notes.bulk.high'), () => bulk.setPriority('high')),
          action('low', t('notes.bulk.normal'), () => bulk.setPriority('normal')),
          { key: 'dismissing', divider: true },
          action('dismiss', t('notes.bulk.dismiss'), bulk.dismiss),
        ]}
      />
      {lists.map(({ key, label, items }) => (
        <Menu key={key} target={<Button>{label}</Button>} items={items} />
      ))}
      <span className={styles.space} />
      <IconButton
        label={t('notes.bulk.all')}
        keys={keys('selectAll')}
        icon={<ListChecks size={16} />}
        onClick={() => void selection.all()}
      />
      <IconButton
        label={t('notes.bulk.clear')}
        keys={keys('back')}
        icon={<X size={16} />}
        onClick={selection.clear}
      />
    </div>
  );
}

const hourMs = 3_600_000;
const morning = 9;
/** More letters in one are not read any more. */
const mostMerged = 20;

/** Until when, and into which of them. */
function useLife(
  selection: Selection,
  bulk: Bulk,
): readonly { key: string; label: string; items: readonly MenuItem[] }[] {
  const { t } = useTranslation();
  const { shell, ticker } = useDesk();
  const zone = useStore(shell, (state) => state.zone);
  const format = useFormat();
  const tomorrow = nextTime(ticker.second(), zone, morning, 1);
  const count = selection.ids.size;
  const hours = (hour: number): MenuItem => ({
    key: String(hour),
    label: t('notes.bulk.hour', { count: hour }),
    onSelect: () => void bulk.postpone(ticker.second() + hour * hourMs),
  });
  return [
    {
      key: 'postpone',
      label: t('notes.bulk.postpone'),
      items: [
        hours(1),
        hours(4),
        {
          key: 'morning',
          label: t('notes.bulk.morning', { at: format.when(tomorrow, ticker.second()) }),
          onSelect: () => void bulk.postpone(tomorrow),
        },
      ],
    },
    ...(count < 2 || count > mostMerged
      ? []
      : [
          {
            key: 'merge',
            label: t('notes.bulk.merge'),
            items: selection.codes().map(({ id, code }) => ({
              key: String(id),
              label: t('notes.bulk.mergeInto', { code }),
              onSelect: () => void bulk.merge(id),
            })),
          },
        ]),
  ];
}

/** Whom, which status, which type, which category: each a list of its own. */
function useLists(bulk: Bulk): readonly { key: string; label: string; items: readonly MenuItem[] }[] {
  const { t } = useTranslation();
  const { reference, people, preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const { statuses, types, categories } = useStore(reference);
  const everyone = useStore(people, (state) => state.people);
  const item = (key: string | number, label: string, run: () => Promise<void>): MenuItem => ({
    key: String(key),
    label,
    onSelect: () => void run(),
  });
  return [
    {
      key: 'assign',
      label: t('notes.bulk.assign'),
      items: [
        ...[...everyone.values()]
          .filter(({ active }) => active)
          .map(({ id, name }) => item(id, name, () => bulk.assign(id))),
        item('nobody', t('notes.bulk.nobody'), () => bulk.assign(null)),
      ],
    },
    {
      key: 'status',
      label: t('notes.bulk.status'),
      items: [...statuses.values()]
        .filter(({ active }) => active)
        .map((status) => item(status.id, nameOf(status, language), () => bulk.setStatus(status.id))),
    },
    {
      key: 'type',
      label: t('notes.bulk.type'),
      items: [...types.values()]
        .filter(({ active }) => active)
        .map((type) => item(type.id, nameOf(type, language), () => bulk.setType(type.id))),
    },
    {
      key: 'category',
      label: t('notes.bulk.category'),
      items: [...categories.values()]
        .filter(({ active }) => active)
        .flatMap((category) => {
          const name = nameOf(category, language);
          return [
            item(`add-${category.id}`, t('notes.bulk.withCategory', { name }), () =>
              bulk.addCategory(category.id),
            ),
            item(`remove-${category.id}`, t('notes.bulk.withoutCategory', { name }), () =>
              bulk.removeCategory(category.id),
            ),
          ];
        }),
    },
  ];
}
