import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandoverItem, HandoverTo, LeaveWork } from '../../../shared/contract/shift.ts';
import type { Person } from '../../../shared/contract/session.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { HandoverItems } from './handover-items.tsx';
import styles from './shift.module.css';
import { ToWhom, WhatOfWork } from './end-choices.tsx';

/** The facts are of the moment the dialog was opened; signing takes them anew. */
const kinds = [] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.shift.draw({}, { signal });

/** The document drawn up by core, struck and noted by whoever leaves, signed, and what becomes of the work. */
export function EndDialog({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const errorText = useErrorText();
  const command = useCommand();
  const { data, error } = useServerData(load, kinds);
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const [notes, setNotes] = useState<Readonly<Record<string, string>>>({});
  const [words, setWords] = useState('');
  const [to, setTo] = useState<HandoverTo>({ kind: 'next' });
  const [chosenWork, setWork] = useState<LeaveWork | null>(null);
  const work = chosenWork ?? workFor(to);
  const [busy, setBusy] = useState(false);
  const items = data?.document.items ?? [];
  const nameOf = (item: HandoverItem): string =>
    `${item.code} ${item.title}`.trim() || t(`shift.kinds.${item.kind}`);

  async function sign(): Promise<void> {
    setBusy(true);
    const given = Object.fromEntries(Object.entries(notes).filter(([, note]) => note.trim() !== ''));
    const done = await command(
      () =>
        rpc.shift.end({
          to,
          without: [...without],
          notes: given,
          words,
          work: data?.open === 0 ? { how: 'keep' } : work,
        }),
      {
        done: ({ moved }) =>
          moved > 0 ? t('shift.finish.doneMoved', { count: moved }) : t('shift.finish.done'),
      },
    );
    setBusy(false);
    if (done) onClose();
  }

  const strike = (key: string, chosen: boolean): void => {
    const next = new Set(without);
    if (chosen) next.delete(key);
    else next.add(key);
    setWithout(next);
  };
  const head = (item: HandoverItem) => (
    <Checkbox
      label={nameOf(item)}
      checked={!without.has(item.key)}
      onChange={(chosen) => strike(item.key, chosen)}
    />
  );
  const note = (item: HandoverItem) => (
    <Field
      name={t('shift.finish.note', { what: nameOf(item) })}
      placeholder={t('shift.finish.noteShort')}
      value={notes[item.key] ?? ''}
      onChange={(text) => setNotes({ ...notes, [item.key]: text })}
      maxLength={1000}
      disabled={without.has(item.key)}
    />
  );

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('shift.finish.title')}
      closeLabel={t('common.close')}
      width={820}
      footer={
        <Button kind="primary" busy={busy} disabled={!data} onClick={() => void sign()}>
          {t('shift.finish.sign')}
        </Button>
      }
    >
      {error && !data ? <Notice tone="bad">{errorText(error)}</Notice> : null}
      {!data && !error ? <p className={styles.faint}>{t('shift.finish.loading')}</p> : null}
      <ToWhom personId={person.id} to={to} onChange={setTo} />
      <TextArea
        label={t('shift.finish.words')}
        placeholder={t('shift.finish.wordsHint')}
        value={words}
        onChange={setWords}
        maxLength={10_000}
        minRows={2}
        autoFocus
      />
      {data && data.open > 0 ? <WhatOfWork personId={person.id} work={work} onChange={setWork} /> : null}
      {data && items.length === 0 ? <p className={styles.faint}>{t('shift.finish.nothing')}</p> : null}
      <HandoverItems items={items} head={head} beside={note} />
      {data && data.document.leftOut > 0 ? (
        <p>{t('shift.document.leftOut', { count: data.document.leftOut })}</p>
      ) : null}
    </Dialog>
  );
}

/** Until said otherwise the work goes where the document goes. */
function workFor(to: HandoverTo): LeaveWork {
  return to.kind === 'person' ? { how: 'give', personId: to.personId } : { how: 'spread' };
}
