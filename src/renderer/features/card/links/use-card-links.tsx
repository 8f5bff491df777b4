import { useMemo } from 'react';
import { useShortcut } from '../../../lib/hotkeys.ts';
import { FloodLine } from './flood-line.tsx';
import { useLetterSelection } from './letter-selection.ts';
import { LinksTab } from './links-tab.tsx';
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
  useShortcut('selectLetters', () => {
    showLetters();
    selection.begin();
  });
  return {
    count: data === undefined ? 0 : data.links.length + data.merged.length,
    lines: (
      <>
        {data ? <MergedLine incident={row} data={data} actions={actions} /> : null}
        {data?.flood ? <FloodLine flood={data.flood} onLeave={() => void actions.leaveFlood()} /> : null}
      </>
    ),
    tab: <LinksTab incident={row} data={data} failed={error} actions={actions} />,
    bar: selection.isOn ? <SelectionBar incidentId={row.id} selection={selection} actions={actions} /> : null,
    selection,
    originOf: (conversationId: number) => origins.get(conversationId),
  };
}
