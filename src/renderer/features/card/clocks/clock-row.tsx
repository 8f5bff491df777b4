import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ClockDetail } from '../../../../shared/contract/clocks.ts';
import type { IncidentRow } from '../../../../shared/contract/incidents.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useKeys, useShortcut } from '../../../lib/hotkeys.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../../ui/menu.tsx';
import { PauseDialog } from '../pause-dialog.tsx';
import { ClockChip } from './clock-chip.tsx';
import styles from './clocks.module.css';
import { TimesDialog } from './times-dialog.tsx';
import { useClockActions, type ClockActions } from './use-clock-actions.ts';
import { useClocks } from './use-clocks.ts';

type Asking = { readonly what: 'pause' | 'times'; readonly clock: Named; readonly earliest: number } | null;
type Named = Pick<ClockDetail, 'kind' | 'name' | 'nameEn'> & Partial<ClockDetail>;

/** Every clock of the incident in one row, each ticking with its menu, and what may be begun. */
export function ClockRow({ row, onWhy }: { readonly row: IncidentRow; readonly onWhy: () => void }) {
  const { t } = useTranslation();
  const { preferences } = useDesk();
  const language = useStore(preferences.store, (state) => state.language);
  const actions = useClockActions(row);
  const [asking, setAsking] = useState<Asking>(null);
  const [isUnfolded, setUnfolded] = useState(false);
  const data = useClocks(row.id);
  const clocks = data?.clocks ?? [];
  const works = data?.works ?? [];
  const earliest = data?.earliest ?? row.registeredAt;
  const ended = clocks.filter(({ endedAt }) => endedAt !== null).length;
  const isCrowded = clocks.length > 3;
  const own = clocks.find(({ kind }) => kind === 'sla');
  const ask = (what: 'pause' | 'times', clock: Named): void => setAsking({ what, clock, earliest });
  const brake = (clock: ClockDetail): void =>
    clock.pausedAt === null ? ask('pause', clock) : void actions.resume(clock);
  useShortcut('pause', () => own && brake(own), own?.endedAt === null);

  if (!data) return <div className={styles.row} aria-busy="true" />;
  return (
    <div
      className={styles.row}
      role="group"
      aria-label={t('clocks.label')}
      data-crowded={isCrowded ? '' : undefined}
      data-unfolded={isUnfolded ? '' : undefined}
    >
      {clocks.map((clock) => (
        <ClockChip
          key={clock.kind}
          clock={clock}
          name={nameOf(clock, language)}
          typed={row.typeId !== null}
          onBrake={() => brake(clock)}
          onEnd={() => void actions.end(clock)}
          onTimes={() => ask('times', clock)}
          onWhy={onWhy}
        />
      ))}
      {isCrowded && ended > 0 ? (
        <button
          type="button"
          className={styles.more}
          aria-expanded={isUnfolded}
          aria-label={t('clocks.ended', { count: ended })}
          title={t('clocks.ended', { count: ended })}
          onClick={() => setUnfolded(!isUnfolded)}
        >
          {isUnfolded ? '−' : '+'}
          {ended}
        </button>
      ) : null}
      <WorksMenu
        clocks={clocks}
        works={works}
        actions={actions}
        language={language}
        onTimes={(work) => ask('times', work)}
      />
      {asking?.what === 'pause' ? (
        <PauseDialog
          onClose={() => setAsking(null)}
          onPause={async (reason) => {
            if (await actions.pause(asking.clock, reason)) setAsking(null);
          }}
        />
      ) : null}
      {asking?.what === 'times' ? (
        <TimesDialog
          name={nameOf(asking.clock, language)}
          clock={asking.clock}
          earliest={asking.earliest}
          onClose={() => setAsking(null)}
          onSave={async (times) => {
            if (await actions.correct(asking.clock, times)) setAsking(null);
          }}
        />
      ) : null}
    </div>
  );
}

/** One key for both: works that run are ended from it, the others begun. */
function WorksMenu({
  clocks,
  works,
  actions,
  language,
  onTimes,
}: {
  readonly clocks: readonly ClockDetail[];
  readonly works: readonly Named[];
  readonly actions: ClockActions;
  readonly language: 'ru' | 'en';
  readonly onTimes: (work: Named) => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const [open, setOpen] = useState(false);
  const running = clocks.filter(({ work, endedAt }) => work && endedAt === null);
  const hasAny = running.length + works.length > 0;
  useShortcut('works', () => setOpen(true), hasAny);
  if (!hasAny) return null;
  const ends = running.map((clock): MenuItem => ({
    key: `end-${clock.kind}`,
    label: t('clocks.menu.endOf', { name: nameOf(clock, language) }),
    onSelect: () => void actions.end(clock),
  }));
  const begins = works.map((work): MenuItem => ({
    key: `begin-${work.kind}`,
    label: t('clocks.menu.beginOf', { name: nameOf(work, language) }),
    onSelect: () => void actions.begin(work),
  }));
  const earlier = works
    .filter(({ kind }) => clocks.every((clock) => clock.kind !== kind))
    .map((work): MenuItem => ({
      key: `at-${work.kind}`,
      label: t('clocks.menu.beginAt', { name: nameOf(work, language) }),
      onSelect: () => onTimes(work),
    }));
  const divider: readonly MenuItem[] = [{ key: 'earlier', heading: t('clocks.menu.earlier') }];
  return (
    <Menu
      open={open}
      onOpenChange={setOpen}
      width={260}
      items={[...ends, ...begins, ...(earlier.length > 0 ? [...divider, ...earlier] : [])]}
      target={<IconButton label={t('clocks.works')} keys={keys('works')} icon={<Plus size={16} />} />}
    />
  );
}
