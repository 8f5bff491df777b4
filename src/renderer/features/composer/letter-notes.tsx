import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { LetterAbout, MissingAddress } from '../../../shared/contract/templates.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import type { Route } from '../../lib/router.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import styles from './letter-notes.module.css';

const kinds = ['incident', 'asset', 'reference', 'setting', 'message'] as const;

/** Beside a letter from a template: whose addresses these are, what is missing, and what it will not do. */
export function LetterNotes({
  incidentId,
  templateKey,
}: {
  readonly incidentId: number;
  readonly templateKey: string;
}) {
  const { t } = useTranslation();
  const load = useCallback(
    (rpc: Rpc, signal: AbortSignal) => rpc.templates.about({ incidentId, key: templateKey }, { signal }),
    [incidentId, templateKey],
  );
  const { data } = useServerData(load, kinds);
  if (!data) return null;
  const { missing, unmet, statusStays, threads } = data;
  const separate = threads.filter(({ party }) => party !== 'applicant').length;

  return (
    <ul className={styles.notes} aria-label={t('lettersOut.about.label')}>
      {unmet.length > 0 ? (
        <li className={styles.bad}>
          {t('lettersOut.about.unmetLead', {
            list: unmet.map((one) => t(`lettersOut.about.unmet.${one}`)).join(', '),
          })}
        </li>
      ) : null}
      {missing ? <Missing missing={missing} /> : <Origins origins={data.origins} />}
      {separate > 0 ? <li>{t('lettersOut.about.threads', { count: separate })}</li> : null}
      {statusStays ? <li className={styles.risk}>{t('lettersOut.about.statusStays')}</li> : null}
    </ul>
  );
}

/** One line for each place addresses come from. */
function Origins({ origins }: { readonly origins: LetterAbout['origins'] }) {
  const { t } = useTranslation();
  const groups = Map.groupBy(origins, ({ from, of }) => `${from} ${from === 'first-letter' ? '' : of}`);
  return [...groups].map(([key, [first, ...rest]]) =>
    first ? (
      <li key={key}>
        {[first, ...rest].map(({ address }) => address).join(', ')}
        {' — '}
        {t(`lettersOut.about.origin.${first.from}`, { of: first.of })}
      </li>
    ) : null,
  );
}

function Missing({ missing }: { readonly missing: MissingAddress }) {
  const { t } = useTranslation();
  const { router } = useDesk();
  const { what, name, assetId } = missing;
  const place = placeOf(missing);
  return (
    <li className={styles.bad}>
      {t(`lettersOut.about.missing.${what}`, { name })}{' '}
      {place && what !== 'applicant' && what !== 'engaged' && (what !== 'asset' || assetId !== null) ? (
        <Button kind="quiet" onClick={() => router.go(place)}>
          {t(`lettersOut.about.enter.${what}`)}
        </Button>
      ) : null}
    </li>
  );
}

/** Where the address is entered. */
function placeOf({ what, assetId }: MissingAddress): Route | undefined {
  if (what === 'contractor-email') return { page: 'directory' };
  if (what === 'region-email') return { page: 'assets', part: 'lists', assetId: null };
  return assetId === null ? undefined : { page: 'assets', part: 'list', assetId };
}
