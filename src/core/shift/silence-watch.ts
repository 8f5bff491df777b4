import type { ChannelView } from '../../shared/contract/shift.ts';
import type { ChannelWatchRecord, SilenceRecord } from '../db/silence-store.ts';
import { acknowledgeAlarms } from '../incidents/alarms.ts';
import { moveToStatus } from '../incidents/change-incident.ts';
import { openByDesk } from '../incidents/open-incident.ts';
import type { Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';
import { createWatchLoop } from '../platform/watch-loop.ts';
import { countArrivals, watchOf } from './count-arrivals.ts';
import { createListening, type Listening } from './listening.ts';
import type { ChannelState, ShiftParts } from './parts.ts';
import { silenceWords } from './silence-words.ts';
import { expectedBetween, hourOf, oldestHour, silenceChance, usualPerHour } from './usual-traffic.ts';

const lookMs = 30_000;
const minuteMs = 60_000;
const longestLookBackMs = 7 * 24 * 60 * minuteMs;

export type SilenceWatch = Service & { channels(): ChannelView[] };

/** An incident of the desk itself for every channel that goes silent though much should have come, or is cut off. */
export function createSilenceWatch(parts: ShiftParts, log: Logger): SilenceWatch {
  const { clock } = parts;
  const listening = createListening();
  const loop = createWatchLoop({
    name: 'silence',
    clock,
    log,
    look() {
      const now = clock.now();
      listening.looked(now, clock.elapsed());
      for (const channel of parts.channels()) {
        listening.hear(channel, now);
        follow(parts, channel, listening);
      }
      parts.silences.forgetHours(oldestHour(now));
      return lookMs;
    },
  });
  return {
    name: 'silence',
    async start() {
      loop.start();
    },
    stop: loop.stop,
    health: loop.health,
    channels: () => parts.channels().map((channel) => viewChannel(parts, channel, listening)),
  };
}

function follow(parts: ShiftParts, channel: ChannelState, listening: Listening): void {
  const watch = countArrivals(parts, channel);
  const running = parts.silences.running(channel.source);
  if (running) {
    if (isOver(running, { channel, watch, listening })) endSilence(parts, channel, running);
    return;
  }
  const found = findSilence(parts, channel, watch, listening);
  if (found) beginSilence(parts, channel, found);
}

type Now = {
  readonly channel: ChannelState;
  readonly watch: ChannelWatchRecord;
  readonly listening: Listening;
};

/** A message came after it began; a channel that was cut off needs only be connected again. */
function isOver({ why, sinceAt, openedAt }: SilenceRecord, { channel, watch, listening }: Now): boolean {
  if (channel.health.state === 'off') return true;
  if (why === 'down') return listening.heardSince(channel.source) !== undefined;
  return watch.lastAt !== null && watch.lastAt > Math.min(sinceAt, openedAt);
}

type Found = {
  readonly why: SilenceRecord['why'];
  readonly since: number;
  readonly usualPerHour: number | null;
};

function findSilence(
  parts: ShiftParts,
  { source }: ChannelState,
  watch: ChannelWatchRecord,
  listening: Listening,
): Found | undefined {
  const settings = parts.shiftSettings.get();
  if (!settings.silence || watch.enabled === 0) return undefined;
  const now = parts.clock.now();
  const minMs = (watch.minMinutes ?? settings.silenceMinutes) * minuteMs;
  const down = listening.downSince(source);
  if (down !== undefined) {
    return now - down >= minMs ? { why: 'down', since: down, usualPerHour: null } : undefined;
  }
  const since = quietSince(watch, listening.heardSince(source), now);
  if (since === undefined || now - since < minMs) return undefined;
  const expected = expectedBetween(trafficOf(parts, watch), since, now);
  if (expected === undefined || silenceChance(expected) > (watch.bound ?? settings.silenceBound))
    return undefined;
  return { why: 'silent', since, usualPerHour: (expected / (now - since)) * 60 * minuteMs };
}

/** The stretch up to now in which it was heard and nothing came; what a week does not tell a year does not either. */
function quietSince(
  watch: ChannelWatchRecord,
  heardSince: number | undefined,
  now: number,
): number | undefined {
  if (heardSince === undefined) return undefined;
  return Math.max(heardSince, watch.lastAt ?? heardSince, now - longestLookBackMs);
}

function trafficOf({ silences }: ShiftParts, { source, firstAt }: ChannelWatchRecord) {
  return {
    firstAt: firstAt ?? undefined,
    counts: (hours: readonly number[]) => silences.counts(source, hours),
  };
}

function beginSilence(
  parts: ShiftParts,
  channel: ChannelState,
  { why, since, usualPerHour: usual }: Found,
): void {
  const { source, name, kind, health } = channel;
  const now = parts.clock.now();
  parts.db.transact((revision) => {
    const words = silenceWords({
      kind,
      name,
      why,
      minutes: Math.floor((now - since) / minuteMs),
      usual,
      health,
    });
    const { id } = openByDesk(parts, words, revision);
    parts.silences.begin({ source, why, incidentId: id, sinceAt: since, openedAt: now, revision });
    parts.journal.append({
      kind: 'incident.silence-began',
      subject: 'incident',
      subjectId: id,
      actorId: null,
      facts: { source, name, why, since, usualPerHour: usual },
    });
    parts.alarms.raise(id, 'silence', now, revision);
    parts.db.touch('alarm', id);
    parts.db.touch('handover');
  });
}

/** An incident nobody has touched has nothing more to say; one in somebody's work is theirs to close. */
function endSilence(parts: ShiftParts, { source, name }: ChannelState, silence: SilenceRecord): void {
  const now = parts.clock.now();
  parts.db.transact((revision) => {
    parts.silences.end(silence.id, now, revision);
    parts.journal.append({
      kind: 'incident.silence-ended',
      subject: 'incident',
      subjectId: silence.incidentId,
      actorId: null,
      facts: { source, name, silentMs: Math.max(0, now - silence.sinceAt) },
    });
    const incident = parts.incidents.require(silence.incidentId);
    acknowledgeAlarms(parts, incident.id, null, revision);
    const untouched =
      incident.statusId === parts.reference.statusByKey('new').id &&
      incident.dismissedAt === null &&
      // Taken apart later it would stand among the open ones as closed.
      incident.mergedIntoId === null;
    const closed = parts.reference.statuses().find(({ key }) => key === 'closed');
    if (untouched && closed && parts.shiftSettings.get().silenceCloses) {
      moveToStatus(
        parts,
        parts.incidents.require(incident.id),
        { statusId: closed.id, why: 'silence-ended', actor: null },
        revision,
      );
    }
    parts.db.touch('incident', incident.id);
    parts.db.touch('handover');
  });
}

function viewChannel(parts: ShiftParts, channel: ChannelState, listening: Listening): ChannelView {
  const { source, name, kind, health } = channel;
  const now = parts.clock.now();
  const watch = watchOf(parts, source);
  const traffic = trafficOf(parts, watch);
  const heardSince = listening.heardSince(source);
  const since = quietSince(watch, heardSince, now);
  const running = parts.silences.running(source);
  return {
    source,
    name,
    kind,
    health: { ...health, ...(health.facts === undefined ? {} : { facts: { ...health.facts } }) },
    enabled: watch.enabled === 1,
    bound: watch.bound,
    minMinutes: watch.minMinutes,
    lastAt: watch.lastAt,
    usualPerHour: usualPerHour(traffic, hourOf(now)) ?? null,
    expected: since === undefined ? null : (expectedBetween(traffic, since, now) ?? null),
    heardSince: heardSince ?? null,
    incidentId: running?.incidentId ?? null,
    why: running?.why ?? null,
  };
}
