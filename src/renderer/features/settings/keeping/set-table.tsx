import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupSetView, SetVerdictView } from '../../../../shared/contract/keeping.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useHealthText } from '../../../lib/health-text.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Table } from '../../../ui/table.tsx';
import styles from '../settings.module.css';

export function SetTable({
  sets,
  busy,
  onRestore,
}: {
  readonly sets: readonly BackupSetView[];
  readonly busy: boolean;
  readonly onRestore: (set: BackupSetView) => void;
}) {
  const { t } = useTranslation();
  const { rpc, ticker } = useDesk();
  const command = useCommand();
  const format = useFormat();
  const [deep, setDeep] = useState(false);
  const [verdict, setVerdict] = useState<SetVerdictView & { readonly path: string }>();

  async function check({ path }: BackupSetView): Promise<void> {
    setVerdict(undefined);
    const found = await command(() => rpc.keeping.checkSet({ path, deep }));
    if (found) setVerdict({ ...found, path });
  }

  return (
    <>
      <Checkbox label={t('keeping.sets.checkDeep')} checked={deep} onChange={setDeep} />
      {verdict ? <Verdict verdict={verdict} /> : null}
      <Table
        label={t('keeping.sets.title')}
        columns={[
          { key: 'at', label: t('keeping.sets.column.at') },
          { key: 'reason', label: t('keeping.sets.column.reason'), width: 150 },
          { key: 'files', label: t('keeping.sets.column.files'), width: 130, end: true },
          { key: 'size', label: t('keeping.sets.column.size'), width: 100, end: true },
          { key: 'key', label: t('keeping.sets.column.key'), width: 140 },
          { key: 'actions', label: t('keeping.sets.column.actions'), width: 260, end: true, silent: true },
        ]}
      >
        {sets.map((set) => (
          <tr key={set.path}>
            <td title={`${format.full(set.madeAt)} · ${set.path}`}>
              {format.when(set.madeAt, ticker.second())}
              {set.own ? '' : ` · ${set.codePrefix}, ${t('keeping.sets.other')}`}
            </td>
            <td data-dim="true">{t(`keeping.sets.reason.${set.reason}`)}</td>
            <td data-end="true">
              {set.missing > 0 ? t('keeping.sets.missing', { count: set.missing }) : format.number(set.files)}
            </td>
            <td data-end="true">{format.bytes(set.bytes)}</td>
            <td data-dim="true">{t(set.recovery ? 'keeping.sets.withKey' : 'keeping.sets.withoutKey')}</td>
            <td data-end="true">
              <span className={styles.buttons}>
                <Button
                  disabled={busy}
                  label={`${t('keeping.sets.check')}: ${format.full(set.madeAt)}`}
                  onClick={() => void check(set)}
                >
                  {t('keeping.sets.check')}
                </Button>
                <Button
                  disabled={busy}
                  label={`${t('keeping.sets.restore')}: ${format.full(set.madeAt)}`}
                  onClick={() => onRestore(set)}
                >
                  {t('keeping.sets.restore')}
                </Button>
              </span>
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}

function Verdict({ verdict }: { readonly verdict: SetVerdictView }) {
  const { t } = useTranslation();
  const reasonText = useHealthText();
  if (verdict.ok) {
    return (
      <Notice tone="good" alert>
        {t('keeping.sets.ok', { count: verdict.files })}
      </Notice>
    );
  }
  const { missing, damaged, reason } = verdict;
  return (
    <Notice tone="bad" alert title={reason === null ? undefined : reasonText({ reason })}>
      {missing + damaged > 0 ? t('keeping.sets.bad', { missing, damaged }) : null}
    </Notice>
  );
}
