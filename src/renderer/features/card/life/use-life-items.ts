import { useTranslation } from 'react-i18next';
import { useDesk } from '../../../lib/desk.ts';
import { useKeys, useShortcut } from '../../../lib/hotkeys.ts';
import { useFormat } from '../../../lib/use-format.ts';
import type { MenuItem } from '../../../ui/menu.tsx';
import type { AskCard } from './card-dialog.ts';
import type { LifeActions } from './use-life-actions.ts';
import type { Life } from './use-life.ts';

/** What of an incident's life stands in the card's menu, and the keys for it. */
export function useLifeItems(
  life: Life | undefined,
  actions: LifeActions,
  ask: AskCard,
): readonly MenuItem[] {
  const { t } = useTranslation();
  const { ticker } = useDesk();
  const keys = useKeys();
  const format = useFormat();
  const mayPostpone = life?.mayPostpone ?? false;
  const postpone = (): void => ask({ kind: 'postpone' });
  const remind = (): void => ask({ kind: 'remind' });
  useShortcut('postpone', postpone, mayPostpone);
  useShortcut('remind', remind);
  const at = life?.autoCloseAt ?? null;
  return [
    ...(mayPostpone
      ? [
          {
            key: 'postpone',
            label: t('workflow.menu.postpone'),
            keys: keys('postpone'),
            onSelect: postpone,
          },
        ]
      : []),
    ...(life?.autoClose
      ? [
          {
            key: 'auto-close',
            label: t('workflow.menu.cancelArm'),
            onSelect: () => void actions.cancelAutoClose(),
          },
        ]
      : at === null
        ? []
        : [
            {
              key: 'auto-close',
              label: t('workflow.menu.arm', { at: format.when(at, ticker.second()) }),
              onSelect: () => void actions.armAutoClose(at),
            },
          ]),
    { key: 'remind', label: t('workflow.menu.remind'), keys: keys('remind'), onSelect: remind },
    { key: 'life-line', divider: true },
  ];
}
