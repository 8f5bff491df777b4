import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Popover } from '../../ui/popover.tsx';
import type { CardData } from './card-state.ts';
import styles from './facts.module.css';
import type { IncidentActions } from './use-incident-actions.ts';

/** Who asked, and where the answer goes. */
export function ApplicantFact({
  data,
  actions,
}: {
  readonly data: CardData;
  readonly actions: IncidentActions;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const value = data.applicantName || data.applicantAddress || data.applicantPhone;
  const all = [data.applicantName, data.applicantAddress, data.applicantPhone].filter(Boolean).join(' · ');
  return (
    <>
      <dt>{t('card.applicant')}</dt>
      <dd>
        <Popover
          open={open}
          onOpenChange={setOpen}
          label={t('card.applicantTitle')}
          position="bottom-start"
          target={
            <button
              type="button"
              className={styles.value}
              data-empty={value === '' || undefined}
              title={all || undefined}
              aria-label={`${t('card.applicant')}: ${all || t('card.noAsset')}`}
              onClick={() => setOpen(!open)}
            >
              <span className={styles.text}>{value || t('card.noAsset')}</span>
            </button>
          }
        >
          <ApplicantForm data={data} actions={actions} onDone={() => setOpen(false)} />
        </Popover>
      </dd>
    </>
  );
}

function ApplicantForm({
  data,
  actions,
  onDone,
}: {
  readonly data: CardData;
  readonly actions: IncidentActions;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const [form, setForm] = useState({
    applicantName: data.applicantName,
    applicantAddress: data.applicantAddress,
    applicantPhone: data.applicantPhone,
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void actions.edit(form).then((done) => done && onDone());
      }}
    >
      <Field
        label={t('card.name')}
        value={form.applicantName}
        onChange={(applicantName) => setForm({ ...form, applicantName })}
        maxLength={200}
      />
      <Field
        label={t('card.address')}
        kind="email"
        value={form.applicantAddress}
        onChange={(applicantAddress) => setForm({ ...form, applicantAddress })}
        maxLength={320}
      />
      <Field
        label={t('card.phone')}
        kind="tel"
        value={form.applicantPhone}
        onChange={(applicantPhone) => setForm({ ...form, applicantPhone })}
        maxLength={40}
      />
      <div className={styles.end}>
        <Button kind="primary" type="submit">
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}
