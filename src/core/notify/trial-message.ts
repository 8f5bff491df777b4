import { localDay, startOfDay } from '../../shared/domain/local-day.ts';
import { routeKinds } from '../../shared/domain/route-kinds.ts';
import { measureSms } from '../../shared/domain/sms-segments.ts';
import { uuidv7 } from '../../shared/ids.ts';
import { type RouteDeskParts, type SaveRoute, withDriver } from './route-desk.ts';
import { routeError } from './route-errors.ts';

/** Core speaks Russian where no page is there to translate. */
const text = 'Пробное сообщение. Отвечать не нужно.';

/**
 * One message to an address somebody gives, by the route as the form stands: outside of every ladder, asks for nothing
 * and is not tried again. Throws what the driver throws, and `conflict` (reason `money-limit`) when the day's money is spent.
 */
export async function sendTrial(
  parts: RouteDeskParts,
  input: SaveRoute & { readonly address: string },
  actor: number,
  signal: AbortSignal,
): Promise<{ readonly raw: string }> {
  const { db, clock, random, journal } = parts;
  const { address, ...setup } = input;
  const { channel } = routeKinds[setup.kind];
  const wrote = () => {
    db.transact(() => {
      pay(parts, setup, channel === 'sms' ? measureSms(text).segments : 1);
      journal.append({
        kind: 'route.trial-sent',
        subject: 'route',
        subjectId: setup.id ?? 0,
        actorId: actor,
        facts: { name: setup.name, route: setup.kind, address },
      });
    });
  };
  const dispatch = {
    deliveryId: 0,
    uuid: uuidv7(clock.now(), random.bytes(10)),
    address,
    name: '',
    title: '',
    text,
    urgency: 'normal',
    verbs: [],
    code: '',
    files: [],
  } as const;
  const { raw } = await withDriver(parts, setup, signal, (driver, rest) =>
    driver.send(dispatch, { wrote }, rest),
  );
  return { raw };
}

/** A route that is not saved yet has no book to write into: its limit is held for the one message alone. */
function pay(
  { attempts, clock, zone }: RouteDeskParts,
  { id, price, dailyLimit }: SaveRoute,
  segments: number,
): void {
  const cost = price * segments;
  const midnight = startOfDay(localDay(clock.now(), zone()), zone());
  const spent = id === null ? 0 : attempts.spentSince(id, midnight);
  if (dailyLimit !== null && spent + cost > dailyLimit) {
    throw routeError('money-limit', { certainty: 'not-sent' });
  }
  if (id !== null && cost > 0) attempts.trial(id, clock.now(), cost);
}
