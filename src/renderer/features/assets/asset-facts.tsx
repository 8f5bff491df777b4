import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssetView } from '../../../shared/contract/assets.ts';
import { useFormat } from '../../lib/use-format.ts';
import { Notice } from '../../ui/notice.tsx';
import styles from './assets.module.css';

/** What the registry knows; what it does not know is not listed. */
export function AssetFacts({
  asset,
  onOpen,
}: {
  readonly asset: AssetView;
  readonly onOpen: (id: number) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { coordinates, pole } = asset;
  const region = [asset.region, asset.macroregion].filter(Boolean).join(' · ');
  const own = asset.ownContacts ? <span className={styles.faint}>{t('assets.view.ownContacts')}</span> : null;
  return (
    <>
      {asset.goneAt === null ? null : (
        <Notice tone="info">{t('assets.goneAt', { at: format.date(asset.goneAt) })}</Notice>
      )}
      <dl className={styles.facts}>
        <Fact name={t('assets.form.kind')}>{t(`assets.kind.${asset.kind}`)}</Fact>
        <Fact name={t('assets.view.state')}>{asset.state}</Fact>
        <Fact name={t('assets.view.operators')}>{asset.operators.join(', ')}</Fact>
        {pole ? (
          <Fact name={t('assets.view.pole')}>
            <button type="button" className={styles.link} data-mono onClick={() => onOpen(pole.id)}>
              {pole.code}
            </button>
          </Fact>
        ) : null}
        <Fact name={t('assets.view.region')}>{region}</Fact>
        <Fact name={t('assets.view.address')}>{asset.address}</Fact>
        <Fact name={t('assets.view.coordinates')}>
          {coordinates ? `${coordinates.latitude}, ${coordinates.longitude}` : ''}
        </Fact>
        <Fact name={t('assets.view.contractor')}>{asset.contractor}</Fact>
        <Lines name={t('assets.view.emails')} lines={asset.emails} note={own} />
        <Lines
          name={t('assets.view.phones')}
          lines={asset.phones}
          note={asset.emails.length > 0 ? null : own}
        />
        <Fact name={t('assets.view.repair')}>{asset.repairEmail}</Fact>
        <Fact name={t('assets.view.manager')}>{asset.manager}</Fact>
        <Fact name={t('assets.view.aliases')}>{asset.aliases.join(', ')}</Fact>
        <Fact name={t('assets.view.source')}>{asset.sourceName ?? t('assets.view.byHand')}</Fact>
      </dl>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (children === '') return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Lines({
  name,
  lines,
  note,
}: {
  readonly name: string;
  readonly lines: readonly string[];
  readonly note: ReactNode;
}) {
  if (lines.length === 0) return null;
  return (
    <Fact name={name}>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
      {note}
    </Fact>
  );
}
