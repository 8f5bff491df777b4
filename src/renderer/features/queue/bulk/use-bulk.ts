import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkOutcome, BulkRefusal } from '../../../../shared/contract/bulk.ts';
import type { FavouriteLevel } from '../../../../shared/contract/notes.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import type { Selection } from './use-selection.ts';

/** What is done to all that was chosen: one answer, one way back, and a report of what was refused. */
export function useBulk(selection: Selection) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const [refused, setRefused] = useState<readonly BulkRefusal[]>([]);

  async function run(
    ask: (items: { id: number; expected: number }[]) => Promise<BulkOutcome>,
  ): Promise<void> {
    const items = selection.items();
    if (items.length === 0) return;
    const outcome = await command(() => ask(items), { done: words });
    if (!outcome) return;
    setRefused(outcome.refused);
    selection.clear();
  }

  function words({ changed, same, refused: kept }: BulkOutcome): string {
    return [
      t('notes.bulk.done', { count: changed.length }),
      same.length > 0 ? t('notes.bulk.same', { count: same.length }) : '',
      kept.length > 0 ? t('notes.bulk.refused', { count: kept.length }) : '',
    ]
      .filter((part) => part !== '')
      .join(', ');
  }

  return {
    refused,
    closeReport: () => setRefused([]),
    assign: (personId: number | null) => run((items) => rpc.bulk.assign({ items, personId })),
    setStatus: (statusId: number) => run((items) => rpc.bulk.setStatus({ items, statusId })),
    setType: (typeId: number | null) => run((items) => rpc.bulk.setType({ items, typeId })),
    setPriority: (priority: 'normal' | 'high') => run((items) => rpc.bulk.setPriority({ items, priority })),
    addCategory: (categoryId: number) => run((items) => rpc.bulk.addCategory({ items, categoryId })),
    removeCategory: (categoryId: number) => run((items) => rpc.bulk.removeCategory({ items, categoryId })),
    postpone: (until: number) => run((items) => rpc.bulk.postpone({ items, until, reason: '' })),
    /** Letters of the others move into one; that is one decision of its own, with its own way back. */
    async merge(intoId: number) {
      const items = selection.items();
      const into = items.find(({ id }) => id === intoId);
      if (!into) return;
      const others = items.filter(({ id }) => id !== intoId);
      const done = await command(() => rpc.links.merge({ intoId, expected: into.expected, others }), {
        done: ({ code }) => t('notes.bulk.merged', { code }),
      });
      if (done) selection.clear();
    },
    dismiss: () => run((items) => rpc.bulk.dismiss({ items })),
    acknowledge: () => run((items) => rpc.bulk.acknowledge({ items })),
    markRead: () => run((items) => rpc.bulk.markRead({ items })),
    setFavourite: (level: FavouriteLevel) => run((items) => rpc.bulk.setFavourite({ items, level })),
  };
}

export type Bulk = ReturnType<typeof useBulk>;
