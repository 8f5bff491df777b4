import { Copy, MapPin } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CallView } from '../../../shared/contract/calls.ts';
import { useDesk, type Rpc } from '../../lib/desk.ts';
import { FileList } from '../../lib/files/file-list.tsx';
import { nameOf } from '../../lib/reference-store.ts';
import { placeText } from '../../lib/place-text.ts';
import { formatRoute } from '../../lib/router.ts';
import { safeLine, safeText } from '../../lib/safe-text.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useCopy } from '../../lib/use-copy.ts';
import { useFormat } from '../../lib/use-format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './page.module.css';

const kinds = ['technician', 'asset'] as const;
const load = async (rpc: Rpc, signal: AbortSignal) => {
  const [lists, { skills }] = await Promise.all([
    rpc.assets.lists({}, { signal }),
    rpc.technicians.list({}, { signal }),
  ]);
  return { regions: lists.regions, skills };
};

/** What the call is about, where, and what came of it. */
export function CallFacts({ call }: { readonly call: CallView }) {
  const { t } = useTranslation();
  const { people, preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const requested = useStore(people, (state) => state.people.get(call.requestedBy ?? 0)?.name);
  const { data } = useServerData(load, kinds);
  const skill = data?.skills.find(({ id }) => id === call.skillId);
  const region = data?.regions.find(({ id }) => id === call.regionId);
  return (
    <section className={styles.section} aria-label={t('calls.page.facts')}>
      <dl className={styles.facts}>
        <dt>{t('calls.page.place')}</dt>
        <dd>
          {safeLine(call.place) || t('calls.board.noPlace')}
          {call.assetId === null ? null : (
            <>
              {' · '}
              <a href={formatRoute({ page: 'assets', part: 'list', assetId: call.assetId })}>
                {t('calls.page.asset')}
              </a>
            </>
          )}
        </dd>
        {call.incidentId === null ? null : (
          <>
            <dt>{t('calls.page.incident')}</dt>
            <dd>
              <a href={formatRoute({ page: 'queue', incidentId: call.incidentId })}>{call.incidentCode}</a>{' '}
              {safeLine(call.incidentTitle ?? '')}
            </dd>
          </>
        )}
        <dt>{t('calls.page.technician')}</dt>
        <dd>{call.contactName ?? t('calls.board.nobody')}</dd>
        {call.location ? <Location location={call.location} /> : null}
        {skill ? (
          <>
            <dt>{t('calls.page.skill')}</dt>
            <dd>{nameOf(skill, language) || skill.name}</dd>
          </>
        ) : null}
        {region ? (
          <>
            <dt>{t('calls.page.region')}</dt>
            <dd>{region.name}</dd>
          </>
        ) : null}
        {requested ? (
          <>
            <dt>{t('calls.page.requested')}</dt>
            <dd>{requested}</dd>
          </>
        ) : null}
        <dt>{t('calls.page.passesOn')}</dt>
        <dd>{t(call.passesOn ? 'calls.page.passesOnYes' : 'calls.page.passesOnNo')}</dd>
        {call.result ? (
          <>
            <dt>{t('calls.page.result')}</dt>
            <dd className={styles.text}>{safeText(call.result)}</dd>
          </>
        ) : null}
      </dl>
      <h3>{t('calls.page.description')}</h3>
      <p className={styles.text}>{safeText(call.description)}</p>
      <FileList files={call.files} label={t('calls.page.files')} />
    </section>
  );
}

function Location({ location }: { readonly location: NonNullable<CallView['location']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <dt>{t('calls.page.location')}</dt>
      <dd>
        <Place place={location} />
        <span className={styles.faint}>{t('calls.page.locationAt', { at: format.time(location.at) })}</span>
      </dd>
    </>
  );
}

/** A place that was sent: to be copied, or looked at on a map outside. */
export function Place({
  place,
}: {
  readonly place: { readonly latitude: number; readonly longitude: number };
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const copy = useCopy();
  const text = placeText(place);
  const [latitude, longitude] = text.split(', ');
  const url = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
  return (
    <span className={styles.location}>
      <span className={styles.mono}>{text}</span>
      <IconButton small label={t('common.copy')} icon={<Copy size={13} />} onClick={() => copy(text)} />
      <IconButton
        small
        label={t('calls.page.showMap')}
        icon={<MapPin size={13} />}
        onClick={() => void command(() => rpc.shell.openExternal({ url }))}
      />
    </span>
  );
}
