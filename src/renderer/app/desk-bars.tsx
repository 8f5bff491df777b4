import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { startNoteCodes, type StartNoteCode } from '../../shared/domain/start-note-codes.ts';
import { useTelegramTrouble } from '../lib/telegram-text.ts';
import { useFormat } from '../lib/use-format.ts';
import { Bar } from './bar.tsx';
import type { AppDesk } from './create-desk.ts';

/** What concerns the whole desk: space, sound, secrets, lost accounts, and what this start has to say. */
export function DeskBars({ desk }: { readonly desk: AppDesk }) {
  return (
    <>
      <DiskBar desk={desk} />
      <SoundBar desk={desk} />
      <DutyBar desk={desk} />
      <SecretsBar desk={desk} />
      <TelegramBars desk={desk} />
      <StartNotes desk={desk} />
    </>
  );
}

type Props = { readonly desk: AppDesk };

function DiskBar({ desk }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const disk = useStore(desk.shell, (state) => state.system?.disk);
  if (!disk || disk.state === 'ok') return null;
  const free = format.bytes(disk.freeBytes);
  return disk.state === 'full' ? (
    <Bar tone="over">{t('frame.bar.diskFull', { free })}</Bar>
  ) : (
    <Bar tone="risk">{t('frame.bar.diskLow', { free })}</Bar>
  );
}

function SoundBar({ desk }: Props) {
  const { t } = useTranslation();
  const state = useStore(desk.sound.store, (sound) => sound.state);
  if (state === 'ready') return null;
  if (state === 'missing') return <Bar tone="risk">{t('frame.sound.missing')}</Bar>;
  if (state === 'unheard') {
    return (
      <Bar
        tone="risk"
        action={t('frame.bar.soundTest')}
        onAction={() => desk.router.go({ page: 'shift', handoverId: null })}
      >
        {t('frame.bar.soundUnheard')}
      </Bar>
    );
  }
  return (
    <Bar
      tone="risk"
      action={t('frame.bar.soundOn')}
      onAction={() => {
        const { volume } = desk.preferences.store.getState();
        desk.preferences.set({ soundOn: true, volume: volume || 0.6 });
        void desk.sound.unlock();
      }}
    >
      {t(state === 'off' ? 'frame.bar.soundOff' : 'frame.bar.soundBlocked')}
    </Bar>
  );
}

function DutyBar({ desk }: Props) {
  const { t } = useTranslation();
  const unassigned = useStore(desk.shell, (state) => state.system?.unassigned ?? 0);
  const onDuty = useStore(desk.shell, (state) => state.system?.onDuty ?? 1);
  if (onDuty > 0 || unassigned === 0) return null;
  return <Bar tone="risk">{t('frame.bar.nobodyOnDuty', { count: unassigned })}</Bar>;
}

function SecretsBar({ desk }: Props) {
  const { t } = useTranslation();
  const store = useStore(desk.shell, (state) => state.description?.capabilities.secretStore);
  const demo = useStore(desk.shell, (state) => state.description?.demo);
  const seen = useStore(desk.preferences.store, (state) => state.secretsFileSeen);
  if (store !== 'file' || demo || seen) return null;
  return (
    <Bar
      tone="info"
      action={t('frame.bar.understood')}
      onAction={() => desk.preferences.set({ secretsFileSeen: true })}
    >
      {t('frame.bar.secretsFile')}
    </Bar>
  );
}

/** An account whose sign-in is gone receives nothing more: only a person can bring it back. */
function TelegramBars({ desk }: Props) {
  const { t } = useTranslation();
  const trouble = useTelegramTrouble();
  const services = useStore(desk.shell, (state) => state.system?.services);
  const route = useStore(desk.router.store, (state) => state.route);
  // Its own page says it in the list.
  if (route.page === 'settings' && route.tab === 'telegram') return null;
  const lost = Object.entries(services ?? {}).filter(
    ([key, { health }]) => key.startsWith('telegram:') && health.state === 'needs-attention',
  );
  return lost.map(([key, { title, health }]) => (
    <Bar
      key={key}
      tone="over"
      action={t('telegram.bar.signIn')}
      onAction={() => desk.router.go({ page: 'settings', tab: 'telegram' })}
    >
      {t('telegram.bar.signedOut', { name: title, why: trouble(health.reason ?? 'signed-out') })}
    </Bar>
  ));
}

function StartNotes({ desk }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const factsOf = ({ madeAt, backup, unknownLetters }: Readonly<Record<string, string | number>>) => ({
    time: typeof madeAt === 'number' ? format.full(madeAt) : (backup ?? ''),
    unknownLetters: unknownLetters ?? 0,
  });
  const notes = useStore(desk.shell, (state) => state.description?.startNotes);
  return (notes ?? []).map((note) => (
    <Bar
      key={note.code}
      tone="info"
      action={t('frame.bar.understood')}
      onAction={() => dismiss(desk, note.code)}
    >
      {isKnown(note.code)
        ? t(`frame.note.${note.code}`, factsOf(note.facts))
        : t('frame.note.other', { code: note.code })}
    </Bar>
  ));
}

function dismiss(desk: AppDesk, code: string): void {
  const { description } = desk.shell.getState();
  if (!description) return;
  const startNotes = description.startNotes.filter((note) => note.code !== code);
  desk.shell.setState({ description: { ...description, startNotes } });
  // Should the desk not hear it, the note comes back at the next start of the page: no harm.
  desk.rpc.shell.dismissStartNote({ code }).catch(() => undefined);
}

function isKnown(code: string): code is StartNoteCode {
  return (startNoteCodes as readonly string[]).includes(code);
}
