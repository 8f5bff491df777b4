import type { JournalRow } from '../../src/core/db/journal-store.ts';
import type { JournalFacts } from '../../src/shared/domain/journal-kinds.ts';

export type AssignmentReport = {
  readonly incidents: number;
  /** Decisions of the desk itself, each re-checked. */
  readonly decisions: number;
  /** By reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Incidents that found nobody on duty when they came. */
  readonly waited: number;
  /** The longest any incident lay without a dispatcher while somebody was on duty. */
  readonly longestWaitMs: number;
  /** How many were on duty at most when a decision was made. */
  readonly mostOnDuty: number;
  readonly wrong: readonly string[];
};

type Known = { assignee: number | null; open: boolean; dismissed: boolean; waitedMs: number };

/**
 * Every assignment re-decided from the journal alone: who was on duty at that entry, and how many unfinished incidents
 * each had in hand. Nothing of the desk's code or tables is asked but which statuses finish.
 */
export function checkAssignments(
  rows: Iterable<JournalRow>,
  finishing: ReadonlySet<number>,
): AssignmentReport {
  const incidents = new Map<number, Known>();
  const onDuty = new Set<number>();
  const inactive = new Set<number>();
  const waiting = new Set<number>();
  const reasons: Record<string, number> = {};
  const wrong: string[] = [];
  let decisions = 0;
  let waited = 0;
  let longestWaitMs = 0;
  let mostOnDuty = 0;
  let lastAt: number | undefined;

  const ready = () => [...onDuty].filter((id) => !inactive.has(id));
  const isLoad = ({ open, dismissed }: Known) => open && !dismissed;
  const loadOf = (personId: number) => {
    let load = 0;
    for (const known of incidents.values()) if (known.assignee === personId && isLoad(known)) load += 1;
    return load;
  };
  const known = (id: number): Known => {
    const found = incidents.get(id) ?? { assignee: null, open: true, dismissed: false, waitedMs: 0 };
    incidents.set(id, found);
    return found;
  };
  const settle = (id: number) => {
    const incident = known(id);
    if (incident.assignee === null && isLoad(incident)) waiting.add(id);
    else waiting.delete(id);
  };
  const pass = (at: number) => {
    // The wall clock may be set back; time does not run backwards for whoever waits.
    const passedMs = Math.max(0, at - (lastAt ?? at));
    lastAt = Math.max(at, lastAt ?? at);
    if (passedMs === 0 || waiting.size === 0 || ready().length === 0) return;
    for (const id of waiting) {
      const incident = known(id);
      incident.waitedMs += passedMs;
      longestWaitMs = Math.max(longestWaitMs, incident.waitedMs);
    }
  };

  const assigned = (row: JournalRow) => {
    const { to, why, load } = facts<'incident.assigned'>(row);
    const isDecision = why === 'least-busy' || why === 'shift-started' || load !== undefined;
    if (isDecision) {
      decisions += 1;
      reasons[why] = (reasons[why] ?? 0) + 1;
      const loads = new Map(ready().map((id) => [id, loadOf(id)]));
      mostOnDuty = Math.max(mostOnDuty, loads.size);
      const least = Math.min(...loads.values());
      const own = to === null ? undefined : loads.get(to);
      if (own === undefined) wrong.push(`${row.sequence}: ${to} is not on duty`);
      else if (own !== least) wrong.push(`${row.sequence}: ${to} had ${own}, the least was ${least}`);
      else if (load !== undefined && load !== own) wrong.push(`${row.sequence}: told ${load}, it was ${own}`);
    } else if (to === null && why === 'shift-ended' && ready().length > 0) {
      wrong.push(`${row.sequence}: left without hands though ${ready().join()} were on duty`);
    }
    known(row.subjectId).assignee = to;
    settle(row.subjectId);
  };

  for (const row of rows) {
    pass(row.at);
    switch (row.kind) {
      case 'person.saved':
        if (facts<'person.saved'>(row).active) inactive.delete(row.subjectId);
        else inactive.add(row.subjectId);
        break;
      case 'person.shift-started':
        onDuty.add(row.subjectId);
        break;
      case 'person.shift-ended':
        onDuty.delete(row.subjectId);
        break;
      case 'incident.opened':
        known(row.subjectId);
        settle(row.subjectId);
        break;
      case 'incident.waits-for-dispatcher':
        waited += 1;
        if (ready().length > 0) wrong.push(`${row.sequence}: waits though ${ready().join()} were on duty`);
        break;
      case 'incident.assigned':
        assigned(row);
        break;
      case 'incident.status-changed':
        known(row.subjectId).open = !finishing.has(facts<'incident.status-changed'>(row).to);
        settle(row.subjectId);
        break;
      case 'incident.dismissed':
      case 'incident.restored':
        known(row.subjectId).dismissed = row.kind === 'incident.dismissed';
        settle(row.subjectId);
        break;
    }
  }
  return { incidents: incidents.size, decisions, reasons, waited, longestWaitMs, mostOnDuty, wrong };
}

function facts<K extends keyof JournalFacts>(row: JournalRow): JournalFacts[K] {
  return JSON.parse(row.payload) as JournalFacts[K];
}
