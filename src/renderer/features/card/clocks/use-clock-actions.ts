import { useTranslation } from 'react-i18next';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';

type Row = { readonly id: number; readonly code: string; readonly revision: number };
type Clock = { readonly kind: string; readonly name: string };

/** What a dispatcher does to a clock, each with its words and its way back. */
export function useClockActions({ id, code, revision: expected }: Row) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  return {
    begin: ({ kind, name }: Clock, at: number | null = null) =>
      command(() => rpc.clocks.begin({ id, expected, kind, at }), {
        done: t('clocks.done.begun', { code, name }),
      }),
    end: ({ kind, name }: Clock, at: number | null = null) =>
      command(() => rpc.clocks.end({ id, expected, kind, at }), {
        done: t('clocks.done.ended', { code, name }),
      }),
    correct: (
      { kind, name }: Clock,
      times: { readonly startedAt: number | null; readonly endedAt: number | null },
    ) =>
      command(() => rpc.clocks.correct({ id, expected, kind, ...times }), {
        done: t(times.startedAt === null ? 'clocks.done.removed' : 'clocks.done.corrected', { code, name }),
      }),
    pause: ({ kind, name }: Clock, reason: string) =>
      command(() => rpc.clocks.pause({ id, expected, kind, reason }), {
        done: t('clocks.done.paused', { code, name }),
      }),
    resume: ({ kind, name }: Clock) =>
      command(() => rpc.clocks.resume({ id, expected, kind }), {
        done: t('clocks.done.resumed', { code, name }),
      }),
  };
}

export type ClockActions = ReturnType<typeof useClockActions>;
