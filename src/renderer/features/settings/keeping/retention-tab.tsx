import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeepingSettings, RetentionCounts } from '../../../../shared/contract/keeping.ts';
import { useDesk, type Rpc } from '../../../lib/desk.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Switch } from '../../../ui/switch.tsx';
import styles from '../settings.module.css';
import { AskDialog } from './ask-dialog.tsx';
import { wholeNumber } from './whole-number.ts';
import { WorkLine } from './work-line.tsx';

const kinds = ['setting'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.keeping.settings({}, { signal });
const rules = [
  { name: 'attachmentDays', switch: 'attachments', days: 'days', least: 30, usual: '365' },
  { name: 'letterDays', switch: 'letters', days: 'days', least: 30, usual: '730' },
  { name: 'textDays', switch: 'texts', days: 'days', least: 90, usual: '1095' },
  { name: 'asideDays', switch: 'aside', days: 'asideDays', least: 7, usual: '30' },
] as const;
type RuleName = (typeof rules)[number]['name'];

/** How long files stay after their incident was closed; off unless somebody sets it. */
export function RetentionTab() {
  const { t } = useTranslation();
  const { data } = useServerData(load, kinds);
  return (
    <section className={styles.narrow} aria-label={t('keeping.retention.title')}>
      <p className={styles.faint}>{t('keeping.retention.help')}</p>
      {data ? <RetentionForm key={JSON.stringify(data.settings)} settings={data.settings} /> : null}
      <WorkLine />
      <RetentionRun />
    </section>
  );
}

function RetentionForm({ settings }: { readonly settings: KeepingSettings }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [values, setValues] = useState<Readonly<Record<RuleName, string | null>>>(() => ({
    attachmentDays: toText(settings.attachmentDays),
    letterDays: toText(settings.letterDays),
    textDays: toText(settings.textDays),
    asideDays: toText(settings.asideDays),
  }));
  const read = ({ name, least }: (typeof rules)[number]) => {
    const text = values[name];
    return text === null ? null : wholeNumber(text, least, 3650);
  };
  const isGood = rules.every((rule) => read(rule) !== undefined);

  function save(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const change = Object.fromEntries(rules.map((rule) => [rule.name, read(rule)]));
    void command(() => rpc.keeping.saveSettings({ settings: change }), {
      done: t('keeping.retention.saved'),
    });
  }

  return (
    <form className={styles.fields} onSubmit={save} noValidate>
      {rules.map((rule) => {
        const text = values[rule.name];
        const set = (next: string | null) => setValues({ ...values, [rule.name]: next });
        return (
          <div key={rule.name} className={styles.labelled}>
            <Switch
              label={t(`keeping.retention.${rule.switch}`)}
              checked={text !== null}
              onChange={(isOn) => set(isOn ? rule.usual : null)}
            />
            {text === null ? null : (
              <Field
                label={t(`keeping.retention.${rule.days}`)}
                value={text}
                inputMode="numeric"
                error={
                  read(rule) === undefined ? t('keeping.retention.whole', { least: rule.least }) : undefined
                }
                onChange={set}
              />
            )}
          </div>
        );
      })}
      <div>
        <Button kind="primary" type="submit" disabled={!isGood}>
          {t('keeping.retention.save')}
        </Button>
      </div>
    </form>
  );
}

/** Counted first, removed after a question that says how much. */
function RetentionRun() {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const format = useFormat();
  const [counts, setCounts] = useState<RetentionCounts>();
  const [asking, setAsking] = useState(false);
  const words = counts && { ...counts, bytes: format.bytes(counts.bytes) };
  const isNothing =
    counts && counts.attachments + counts.letters + counts.texts + counts.notes + counts.leftovers === 0;

  async function run(): Promise<void> {
    await command(() => rpc.keeping.runRetention({}), {
      done: (done) => t('keeping.retention.ran', { ...done }),
    });
    setCounts(undefined);
  }

  return (
    <>
      <div className={styles.buttons}>
        <Button onClick={() => void command(() => rpc.keeping.previewRetention({})).then(setCounts)}>
          {t('keeping.retention.preview')}
        </Button>
        {counts && !isNothing ? (
          <Button kind="danger" onClick={() => setAsking(true)}>
            {t('keeping.retention.run')}
          </Button>
        ) : null}
      </div>
      {words ? (
        <Notice tone="info" alert>
          {isNothing ? t('keeping.retention.nothing') : t('keeping.retention.counted', words)}
        </Notice>
      ) : null}
      {asking && words ? (
        <AskDialog
          title={t('keeping.retention.runTitle')}
          text={t('keeping.retention.runText', words)}
          action={t('keeping.retention.run')}
          onAction={() => void run()}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

function toText(days: number | null): string | null {
  return days === null ? null : String(days);
}
