import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys, useShortcut } from '../../../lib/hotkeys.ts';
import type { MenuItem } from '../../../ui/menu.tsx';
import { FloodLine } from './flood-line.tsx';
import { useLetterSelection } from './letter-selection.ts';
import { LinksTab } from './links-tab.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { MergedLine } from './merged-line.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useLinkActions } from './use-link-actions.ts';
import { useLinkData } from './use-link-data.ts';

/** What belonging to other incidents adds to a card, in the places the card has for it. */
export function useCardLinks(
  row: { readonly id: number; readonly code: string; readonly revision: number },
  showLetters: () => void,
) {
  const { data, error } = useLinkData(row.id);
  const actions = useLinkActions(row);
  const selection = useLetterSelection();
  const origins = useMemo(
    () => new Map(data?.origins.map(({ conversationId, code }) => [conversationId, code])),
    [data],
  );
  const { t } = useTranslation();
  const keys = useKeys();
  const [isMerging, setMerging] = useState(false);
  const merge = (): void => setMerging(true);
  const select = (): void => {
    showLetters();
    selection.begin();
  };
  useShortcut('selectLetters', select);
  useShortcut('mergeIncident', merge);
  const items: readonly MenuItem[] = [
    { key: 'merge', label: t('links.merge.open'), keys: keys('mergeIncident'), onSelect: merge },
    { key: 'select', label: t('links.letters.select'), keys: keys('selectLetters'), onSelect: select },
  ];
  return {
    count: data === undefined ? 0 : data.links.length + data.merged.length,
    lines: (
      <>
        {data ? <MergedLine incident={row} data={data} actions={actions} /> : null}
        {data?.flood ? <FloodLine flood={data.flood} onLeave={() => void actions.leaveFlood()} /> : null}
      </>
    ),
    tab: <LinksTab incident={row} data={data} failed={error} actions={actions} onMerge={merge} />,
    bar: (
      <>
        {selection.isOn ? <SelectionBar incidentId={row.id} selection={selection} actions={actions} /> : null}
        {isMerging ? (
          <MergeDialog incident={row} actions={actions} onClose={() => setMerging(false)} />
        ) : null}
      </>
    ),
    items,
    /** Its letters live elsewhere: nothing of its own is missing. */
    isMerged: (data?.mergedInto ?? null) !== null,
    selection,
    originOf: (conversationId: number) => origins.get(conversationId),
  };
}
