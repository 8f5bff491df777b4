import type { Ladder, LadderStep } from '../../shared/contract/ladders.ts';
import type { Urgency } from '../../shared/domain/reaching.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { LadderStore } from '../db/ladder-store.ts';
import type { Db } from '../db/open.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';

type Waits = { readonly waitFor: LadderStep['waitFor']; readonly seconds: readonly [number, number, number] };

/** Everybody's until somebody says otherwise: Telegram, then e-mail, then SMS. */
const waits: Readonly<Record<Urgency, Waits>> = {
  normal: { waitFor: 'accepted', seconds: [300, 300, 600] },
  urgent: { waitFor: 'acknowledged', seconds: [180, 180, 300] },
  critical: { waitFor: 'acknowledged', seconds: [60, 60, 120] },
};
const channels = ['telegram', 'email', 'sms'] as const;
const repeats: Readonly<Record<Urgency, Pick<Ladder, 'repeatMinutes' | 'mostRounds'>>> = {
  normal: { repeatMinutes: null, mostRounds: 1 },
  urgent: { repeatMinutes: null, mostRounds: 1 },
  critical: { repeatMinutes: 5, mostRounds: 5 },
};

type Parts = {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly ladders: LadderStore;
};

/** Ladders of a new desk; one that is there stays as it is. */
export function seedLadders({ db, clock, random, ladders }: Parts): void {
  const missing = (['normal', 'urgent', 'critical'] as const).filter(
    (urgency) => ladders.of(null, urgency) === undefined,
  );
  if (missing.length === 0) return;
  db.transact((revision) => {
    for (const urgency of missing) {
      const uuid = uuidv7(clock.now(), random.bytes(10));
      const next = null;
      ladders.save(
        { owner: null, uuid, urgency, steps: stepsOf(urgency), next, ...repeats[urgency] },
        revision,
      );
    }
    db.touch('route');
  });
}

function stepsOf(urgency: Urgency): LadderStep[] {
  const { waitFor, seconds } = waits[urgency];
  return channels.map((channel, at) => ({
    channel,
    address: '',
    waitFor,
    waitSeconds: seconds[at] ?? seconds[0],
    retries: channel === 'sms' ? 2 : 0,
  }));
}
