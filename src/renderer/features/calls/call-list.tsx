import { Search } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callStates, isCallOpen, type CallState } from '../../../shared/domain/calls.ts';
import type { CallLine } from '../../../shared/contract/calls.ts';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useShortcut } from '../../lib/hotkeys.ts';
import { safeLine } from '../../lib/safe-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './calls.module.css';

const kinds = ['call', 'contact', 'incident'] as const;
const pageLength = 50;
/** As many as core gives at once. */
const mostAtOnce = 200;

/** Every call there ever was, newest first. */
export function CallList({
  openId,
  onOpen,
}: {
  readonly openId: number | null;
  readonly onOpen: (callId: number) => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const search = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [state, setState] = useState<CallState | null>(null);
  const [limit, setLimit] = useState(pageLength);
  const asked = useDeferredValue(text.trim());
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) =>
      newest(rpc, { text: asked, states: state === null ? [] : [state] }, limit, signal),
    [asked, state, limit],
  );
  const { data, error, reload } = useServerData(load, kinds);
  const [kept, setKept] = useState(data);
  if (data && data !== kept) setKept(data);
  const calls = data ?? kept;
  const at = calls?.findIndex(({ id }) => id === openId) ?? -1;
  useShortcut('search', () => search.current?.focus());
  const step = (by: number): void => {
    const next = calls?.[Math.max(0, Math.min(calls.length - 1, at + by))];
    if (next) onOpen(next.id);
  };
  useShortcut('next', () => step(1));
  useShortcut('previous', () => step(-1));

  function showAll(): void {
    setText('');
    setState(null);
  }

  return (
    <div>
      <div className={styles.tools}>
        <div className={styles.search}>
          <Field
            ref={search}
            kind="search"
            name={t('calls.list.search')}
            placeholder={t('calls.list.search')}
            leading={<Search size={14} aria-hidden="true" />}
            value={text}
            onChange={setText}
            maxLength={200}
            autoComplete="off"
          />
        </div>
        <Select
          name={t('calls.list.states')}
          value={state}
          placeholder={t('calls.list.anyState')}
          options={callStates.map((value) => ({ value, label: t(`calls.state.${value}`) }))}
          onChange={(value) => setState(callStates.find((known) => known === value) ?? null)}
          clearable
        />
      </div>
      {error && !calls ? (
        <EmptyState
          tone="error"
          title={t('calls.list.failed')}
          action={<Button onClick={reload}>{t('common.retry')}</Button>}
        >
          {errorText(error)}
        </EmptyState>
      ) : null}
      {calls && calls.length > 0 ? <Rows calls={calls} openId={openId} onOpen={onOpen} /> : null}
      {calls && calls.length >= limit ? (
        <div className={styles.more}>
          <Button onClick={() => setLimit(limit + pageLength)}>{t('calls.list.more')}</Button>
        </div>
      ) : null}
      {calls?.length === 0 ? (
        asked === '' && state === null ? (
          <EmptyState title={t('calls.list.empty')}>{t('calls.board.emptyText')}</EmptyState>
        ) : (
          <EmptyState
            title={t('calls.list.nothing')}
            action={<Button onClick={showAll}>{t('calls.list.all')}</Button>}
          >
            {t('calls.list.nothingText')}
          </EmptyState>
        )
      ) : null}
    </div>
  );
}

async function newest(
  rpc: Rpc,
  asked: { readonly text: string; readonly states: CallState[] },
  limit: number,
  signal: AbortSignal,
): Promise<readonly CallLine[]> {
  const calls: CallLine[] = [];
  while (calls.length < limit) {
    const wanted = Math.min(mostAtOnce, limit - calls.length);
    const page = await rpc.calls.list(
      { ...asked, before: calls.at(-1)?.id ?? null, limit: wanted },
      { signal },
    );
    calls.push(...page.calls);
    if (page.calls.length < wanted) break;
  }
  return calls;
}

function Rows({
  calls,
  openId,
  onOpen,
}: {
  readonly calls: readonly CallLine[];
  readonly openId: number | null;
  readonly onOpen: (callId: number) => void;
}) {
  const { t } = useTranslation();
  const column = (key: 'number' | 'created' | 'place' | 'what' | 'technician' | 'state' | 'took') => ({
    key,
    label: t(`calls.list.column.${key}`),
  });
  const isNarrow = openId !== null;
  return (
    <div className={styles.list}>
      <Table
        label={t('calls.list.label')}
        columns={
          isNarrow
            ? [{ ...column('number'), width: 56 }, column('place')]
            : [
                { ...column('number'), width: 64 },
                { ...column('created'), width: 130 },
                column('place'),
                column('what'),
                column('technician'),
                { ...column('state'), width: 150 },
                { ...column('took'), width: 80, end: true },
              ]
        }
      >
        {calls.map((call) => (
          <Row key={call.id} call={call} isNarrow={isNarrow} isOpen={call.id === openId} onOpen={onOpen} />
        ))}
      </Table>
    </div>
  );
}

function Row({
  call,
  isNarrow,
  isOpen,
  onOpen,
}: {
  readonly call: CallLine;
  readonly isNarrow: boolean;
  readonly isOpen: boolean;
  readonly onOpen: (callId: number) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const place = safeLine(call.place) || t('calls.board.noPlace');
  return (
    <tr data-chosen={isOpen} onClick={() => onOpen(call.id)}>
      <td>
        {/* The keyboard's way in: its click reaches the row. */}
        <button
          type="button"
          className={styles.lineButton}
          aria-pressed={isOpen}
          aria-label={t('calls.number', { number: call.number })}
        >
          {call.number}
        </button>
      </td>
      {isNarrow ? (
        <td title={place}>
          {place}
          <br />
          <span className={styles.faint}>{t(`calls.state.${call.state}`)}</span>
        </td>
      ) : (
        <>
          <td title={format.full(call.createdAt)}>
            <When at={call.createdAt} />
          </td>
          <td title={place}>{place}</td>
          <td data-dim="true" title={safeLine(call.description)}>
            {safeLine(call.description)}
          </td>
          <td>{call.contactName ?? t('common.none')}</td>
          <td>{t(`calls.state.${call.state}`)}</td>
          <td data-end="true">
            {isCallOpen(call.state) || call.endedAt === null
              ? t('common.none')
              : format.age(call.endedAt - call.createdAt)}
          </td>
        </>
      )}
    </tr>
  );
}

function When({ at }: { readonly at: number }) {
  const format = useFormat();
  const now = useSecond();
  return format.when(at, now);
}
