import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { pagingKinds, type CallSettings } from '../../../../shared/contract/calls.ts';
import { urgencies, type Urgency } from '../../../../shared/domain/reaching.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Switch } from '../../../ui/switch.tsx';
import styles from './calls-tab.module.css';

/** As the contract lets through, in minutes. */
const most = { answer: 1440, accept: 10_080, arrive: 10_080, complete: 43_200 } as const;
type Norm = keyof typeof most;
const norms = Object.keys(most) as Norm[];
const mostContractor = 10_080;

type Texts = Readonly<Record<Urgency, Readonly<Record<Norm, string>>>>;

export function CallsForm({ settings }: { readonly settings: CallSettings }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [texts, setTexts] = useState<Texts>(() => textsOf(settings));
  const [contractor, setContractor] = useState(String(settings.contractorMinutes));
  const [asksContractors, setAsks] = useState(settings.asksContractors);
  const [pagesLead, setPagesLead] = useState(settings.pagesLead);
  const isBad = (text: string, max: number) => minutesOf(text, max) === undefined;
  const bad =
    isBad(contractor, mostContractor) ||
    urgencies.some((urgency) => norms.some((norm) => isBad(texts[urgency][norm], most[norm])));

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (bad) return;
    const next = { ...numbersOf(texts), contractorMinutes: Number(contractor), asksContractors, pagesLead };
    await command(() => rpc.calls.saveSettings({ settings: next }), { done: t('settings.saved') });
  }

  const field = (urgency: Urgency, norm: Norm) => (
    <td key={norm} className={styles.number}>
      <Field
        name={t('contractors.settings.cell', {
          urgency: t(`contractors.settings.urgency.${urgency}`),
          norm: t(`contractors.settings.norm.${norm}`),
        })}
        inputMode="numeric"
        value={texts[urgency][norm]}
        error={
          isBad(texts[urgency][norm], most[norm])
            ? t('contractors.settings.bad', { max: most[norm] })
            : undefined
        }
        onChange={(text) => setTexts({ ...texts, [urgency]: { ...texts[urgency], [norm]: text } })}
      />
    </td>
  );

  return (
    <form
      className={styles.stack}
      aria-label={t('settings.tabs.calls')}
      onSubmit={(event) => void submit(event)}
      noValidate
    >
      <h2 className={styles.heading}>{t('contractors.settings.norms')}</h2>
      <p className={styles.faint}>{t('contractors.settings.intro')}</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('contractors.settings.minutes')}</th>
            {norms.map((norm) => (
              <th key={norm} scope="col">
                {t(`contractors.settings.norm.${norm}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {urgencies.map((urgency) => (
            <tr key={urgency}>
              <th scope="row">{t(`contractors.settings.urgency.${urgency}`)}</th>
              {norms.map((norm) => field(urgency, norm))}
            </tr>
          ))}
        </tbody>
      </table>
      <h2 className={styles.heading}>{t('contractors.settings.contractors')}</h2>
      <Switch label={t('contractors.settings.asks')} checked={asksContractors} onChange={setAsks} />
      <p className={styles.faint}>{t('contractors.settings.asksHint')}</p>
      <div className={styles.number}>
        <Field
          label={t('contractors.settings.contractorMinutes')}
          inputMode="numeric"
          value={contractor}
          error={
            isBad(contractor, mostContractor)
              ? t('contractors.settings.bad', { max: mostContractor })
              : undefined
          }
          onChange={setContractor}
        />
      </div>
      <h2 className={styles.heading}>{t('contractors.settings.paging')}</h2>
      <p className={styles.faint}>{t('contractors.settings.pagingHint')}</p>
      <Segmented
        label={t('contractors.settings.pagesLead')}
        value={pagesLead}
        options={pagingKinds.map((value) => ({ value, label: t(`contractors.settings.pages.${value}`) }))}
        onChange={setPagesLead}
      />
      <div>
        <Button kind="primary" type="submit" disabled={bad}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  );
}

function textsOf(settings: CallSettings): Texts {
  const of = (urgency: Urgency) => {
    const { answer, accept, arrive, complete } = settings[urgency];
    return {
      answer: String(answer),
      accept: String(accept),
      arrive: String(arrive),
      complete: String(complete),
    };
  };
  return { normal: of('normal'), urgent: of('urgent'), critical: of('critical') };
}

function numbersOf(texts: Texts): Pick<CallSettings, Urgency> {
  const of = (urgency: Urgency) => {
    const { answer, accept, arrive, complete } = texts[urgency];
    return {
      answer: Number(answer),
      accept: Number(accept),
      arrive: Number(arrive),
      complete: Number(complete),
    };
  };
  return { normal: of('normal'), urgent: of('urgent'), critical: of('critical') };
}

function minutesOf(text: string, max: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text.trim()) && value >= 1 && value <= max ? value : undefined;
}
