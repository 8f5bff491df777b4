import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { urgencies, type Urgency } from '../../../../shared/domain/reaching.ts';
import type { Rpc } from '../../../lib/desk.ts';
import { useErrorText } from '../../../lib/error-text.ts';
import { LadderEditor } from '../../../lib/reach/ladder-editor.tsx';
import { LadderPreview } from '../../../lib/reach/ladder-preview.tsx';
import { PartyPicker, type FoundParty } from '../../../lib/reach/party-picker.tsx';
import { useServerData } from '../../../lib/server-data.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import styles from '../settings.module.css';
import { LadderOwners } from './ladder-owners.tsx';

const kinds = ['route', 'contact', 'person'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.ladders.of({ owner: null }, { signal });

/** The ladders of everybody who has none of their own, and what one of them would do to somebody. */
export function LaddersTab() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, reload } = useServerData(load, kinds);
  const [urgency, setUrgency] = useState<Urgency>('normal');
  const [tried, setTried] = useState<FoundParty>();
  const ladder = data?.defaults.find((other) => other.urgency === urgency);

  if (error && !data) {
    return (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      />
    );
  }
  return (
    <section className={styles.wide} aria-label={t('ladders.title')}>
      <p className={styles.faint}>{t('ladders.help')}</p>
      <div>
        <Segmented
          label={t('ladders.urgencyLabel')}
          value={urgency}
          options={urgencies.map((value) => ({ value, label: t(`ladders.urgency.${value}`) }))}
          onChange={setUrgency}
        />
      </div>
      {data && ladder ? (
        <LadderEditor key={JSON.stringify(ladder)} owner={null} ladder={ladder} reach={data} />
      ) : null}
      <LadderOwners />
      <div className={styles.form}>
        <h2 className={styles.heading}>{t('ladders.preview.try')}</h2>
        <PartyPicker label={t('ladders.preview.try')} onPick={setTried} />
      </div>
      {tried ? <LadderPreview to={[tried]} urgency={urgency} /> : null}
    </section>
  );
}
