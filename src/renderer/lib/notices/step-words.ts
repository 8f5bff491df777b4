import { useTranslation } from 'react-i18next';
import type { ClimbStep, NotificationClimb } from '../../../shared/contract/notifications.ts';
import { useRuntimeText } from '../runtime-text.ts';
import { useFormat } from '../use-format.ts';

/** Why a reason of core stands in the way, in the words there are for it. */
export function useWhy(): (code: string | null) => string {
  const runtimeText = useRuntimeText();
  const groups = ['ladders.preview.problem', 'error.reason', 'error', 'accountTest', 'telegramTrouble'];
  return (code) =>
    groups.map((group) => runtimeText(`${group}.${code ?? ''}`)).find((text) => text !== undefined) ??
    code ??
    '';
}

/** One sentence for a step: why the ladder left it, and where it went from there. */
export function useStepWords(climb: NotificationClimb): (index: number) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const why = useWhy();
  const { steps, row, chain } = climb;

  function ended(step: ClimbStep): string {
    const { waitFor, waitSeconds } = step.planned;
    const what = t(`ladders.waitShort.${waitFor}`);
    const time = format.age(waitSeconds * 1000);
    switch (step.end) {
      case 'waiting': {
        const until = row.dueAt;
        return until === null || step.sentAt === null
          ? t('notifications.climb.end.waiting-queued')
          : t('notifications.climb.end.waiting-receipt', {
              what,
              time: format.clock(until),
            });
      }
      case 'failed':
        return t('notifications.climb.end.failed', { why: withoutStop(why(step.errorCode)) });
      default:
        return t(`notifications.climb.end.${step.end}`, { what, time });
    }
  }

  function goesOn(index: number): string | null {
    const step = steps[index];
    const next = steps[index + 1];
    if (!step || step.state === null || step.end === 'waiting' || step.end === 'stopped') return null;
    if (next?.dueAt) {
      const time = format.clock(next.dueAt);
      return next.round > step.round
        ? t('notifications.climb.on.round', { time })
        : t('notifications.climb.on.next', { number: next.step + 1, time });
    }
    if (row.state !== 'not-reached') return null;
    const following = chain[chain.findIndex(({ id }) => id === row.id) + 1];
    return following
      ? t('notifications.climb.on.person', { name: following.party?.name ?? t('notifications.list.gone') })
      : t('notifications.climb.on.nobody');
  }

  return (index) => {
    const step = steps[index];
    if (!step) return '';
    const on = goesOn(index);
    return on === null ? ended(step) : `${ended(step)} → ${on}`;
  };
}

/** In the middle of a sentence. */
function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
