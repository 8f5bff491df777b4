import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { urgencies, type Party, type Urgency } from '../../../shared/domain/reaching.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useDesk, type Rpc } from '../desk.ts';
import { useErrorText } from '../error-text.ts';
import { useServerData } from '../server-data.ts';
import { useCommand } from '../use-command.ts';
import { LadderEditor } from './ladder-editor.tsx';
import { LadderPreview } from './ladder-preview.tsx';
import { LimitForm } from './limit-form.tsx';
import styles from './ladder-editor.module.css';
import type { Reach } from './step-row.tsx';

const kinds = ['route', 'contact', 'person', 'technician'] as const;

/** How one person is notified, below the form they are edited in. */
export function ReachOfSomebody({ owner, name }: { readonly owner: Party; readonly name: string }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className={styles.own} aria-label={t('ladders.own.title')}>
      <h3>{t('ladders.own.title')}</h3>
      <Button onClick={() => setOpen(true)}>{t('ladders.own.open')}</Button>
      {isOpen ? <ReachDialog owner={owner} name={name} onClose={() => setOpen(false)} /> : null}
    </section>
  );
}

/** Their ladders and limits. */
export function ReachDialog({
  owner,
  name,
  onClose,
}: {
  readonly owner: Party;
  readonly name: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('ladders.own.of', { name })}
      closeLabel={t('settings.close')}
      width={920}
    >
      <ReachOf owner={owner} />
    </Dialog>
  );
}

function ReachOf({ owner }: { readonly owner: Party }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [urgency, setUrgency] = useState<Urgency>('normal');
  const { kind, id } = owner;
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.ladders.of({ owner: { kind, id } }, { signal }),
    [kind, id],
  );
  const { data, error } = useServerData(load, kinds);
  if (!data) return error ? <Notice tone="bad">{errorText(error)}</Notice> : null;
  const isOwn = (one: Urgency): boolean => data.ladders.some((ladder) => ladder.urgency === one);
  return (
    <div className={styles.editor}>
      <Segmented
        label={t('ladders.urgencyLabel')}
        value={urgency}
        options={urgencies.map((value) => ({
          value,
          label: isOwn(value)
            ? `${t(`ladders.urgency.${value}`)} · ${t('ladders.own.isOwn')}`
            : t(`ladders.urgency.${value}`),
        }))}
        onChange={setUrgency}
      />
      <OwnLadder key={urgency} owner={owner} urgency={urgency} reach={data} />
      <section className={styles.after} aria-label={t('ladders.preview.title')}>
        <h3>{t('ladders.preview.title')}</h3>
        <LadderPreview to={[owner]} urgency={urgency} />
      </section>
      <LimitForm key={JSON.stringify(data.limit)} owner={owner} limit={data.limit} />
    </div>
  );
}

function OwnLadder({
  owner,
  urgency,
  reach,
}: {
  readonly owner: Party;
  readonly urgency: Urgency;
  readonly reach: Reach;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [isMaking, setMaking] = useState(false);
  const own = reach.ladders.find((ladder) => ladder.urgency === urgency);
  const ladder = own ?? reach.defaults.find((other) => other.urgency === urgency);
  if (!ladder) return null;
  if (!own && !isMaking) {
    return (
      <div className={styles.foot}>
        <span>{t('ladders.own.shared')}</span>
        <Button onClick={() => setMaking(true)}>{t('ladders.own.make')}</Button>
      </div>
    );
  }
  const back = (): void => {
    setMaking(false);
    if (own) {
      void command(() => rpc.ladders.remove({ owner, urgency }), { done: t('ladders.own.backDone') });
    }
  };
  return (
    <>
      <LadderEditor key={JSON.stringify(ladder)} owner={owner} ladder={ladder} reach={reach} />
      <div className={styles.foot}>
        <Button onClick={back}>{t('ladders.own.back')}</Button>
      </div>
    </>
  );
}
