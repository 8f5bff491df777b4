import { askingWords, hearsSms } from '../../shared/domain/sms-answer-line.ts';
import { measureSms, smsText } from '../../shared/domain/sms-segments.ts';
import { localDay, startOfDay } from '../../shared/domain/local-day.ts';
import type { RouteRecord } from '../db/route-store.ts';
import type { NotifyParts } from './parts.ts';
import type { Dispatch } from './route-driver.ts';
import { routeError } from './route-errors.ts';

/** Hundredths that may have been spent by a route since the local midnight. */
export function spentToday(
  { attempts, clock, zone }: Pick<NotifyParts, 'attempts' | 'clock' | 'zone'>,
  routeId: number,
): number {
  return attempts.spentSince(routeId, startOfDay(localDay(clock.now(), zone()), zone()));
}

/**
 * Takes what a message is expected to cost out of the day's money, in the transaction that lets it leave: two at once
 * cannot both have the last of it. Throws `conflict` (reason `money-limit`).
 */
export function reserveMoney(
  parts: NotifyParts,
  route: RouteRecord,
  attemptId: number,
  dispatch: Dispatch,
): { readonly cost: number; readonly segments: number | null } {
  const segments = route.channel === 'sms' ? measureSms(wordsBy(route, dispatch)).segments : null;
  const cost = route.price * (segments ?? 1);
  if (cost > 0 && route.dailyLimit !== null && spentToday(parts, route.id) + cost > route.dailyLimit) {
    throw routeError('money-limit', { certainty: 'not-sent' });
  }
  parts.attempts.wrote(attemptId, parts.clock.now(), { cost, segments });
  return { cost, segments };
}

/** As it leaves: a route that hears adds what may be said back, and that is paid for too. */
function wordsBy({ kind, settings }: RouteRecord, dispatch: Dispatch): string {
  const hears = hearsSms(kind, JSON.parse(settings) as Record<string, string>);
  return hears ? askingWords(dispatch) : smsText(dispatch);
}
