import type { LinkEvidence } from '../contract/incidents.ts';
import type { LinkRole } from './link-kinds.ts';
import type {
  CallFacts,
  CallMarkFacts,
  Change,
  ContractorVerb,
  NotificationChangeFacts,
  NotifiedFacts,
  ReachingFacts,
  RosterFacts,
} from './reaching-facts.ts';

/** What was bound to an incident or left it, and how each stood before: enough to take it back. */
export type AssetLinkFacts = {
  readonly assets: readonly {
    readonly assetId: number;
    readonly code: string;
    readonly before: {
      readonly state: 'bound' | 'suggested' | 'rejected';
      readonly foundBy: 'hand' | 'subject' | 'body' | 'thread' | 'parent';
      readonly confidence: number;
      readonly evidence: string;
    } | null;
  }[];
  /** The incident's own words about its asset. */
  readonly text: { readonly from: string; readonly to: string };
};

export type WorkTimes = { readonly startedAt: number; readonly endedAt: number | null };

/** Where a letter stood and why; taken back it stands there for the same reason. */
export type MovedLetterFacts = {
  readonly messageId: number;
  readonly from: number | null;
  readonly link: LinkEvidence;
};

export type PersonFacts = {
  readonly name: string;
  readonly role: 'dispatcher' | 'lead';
  readonly email: string;
  readonly phone: string;
  readonly active: boolean;
};

export type RuleFacts = {
  readonly field: 'sender' | 'subject' | 'list-id';
  readonly value: string;
  readonly active: boolean;
};

export type ChatRuleFacts = {
  readonly chatId: number;
  readonly kind: string;
  readonly value: string;
  readonly typeId: number | null;
  readonly active: boolean;
};

/** Every event the journal knows, with the facts it carries. Old entries are never rewritten: only add. */
export type JournalFacts = ReachingFacts & {
  'incident.opened': {
    code: string;
    by: 'letter' | 'chat' | 'hand' | 'quarantine' | 'desk';
    messageId?: number;
    title: string;
  };
  'incident.assigned': { from: number | null; to: number | null; why: AssignmentReason; load?: number };
  'incident.waits-for-dispatcher': { why: 'nobody-on-duty' };
  'incident.status-changed': {
    from: number;
    to: number;
    why:
      | 'hand'
      | 'reopened'
      | 'letter-sent'
      | 'silence-ended'
      | 'undo'
      | 'auto-close'
      | 'postponed'
      | 'woke'
      | 'letter'
      /** The contractor said so. */
      | 'contractor';
    /** Of a postponed one: when it wakes up, why it waits, and the status it wakes up to. */
    until?: number;
    reason?: string;
    backTo?: number;
    /** The letter that woke it up. */
    messageId?: number;
    /** What the move put an end to; undo brings it back. */
    ended?: { readonly autoCloseAt?: number; readonly postponedUntil?: number };
  };
  'incident.type-changed': {
    from: number | null;
    to: number | null;
    slaMinutes: number | null;
    dueAt: number | null;
    /** The subtype that did not belong to the new type. */
    subtypeId?: number;
  };
  'incident.subtype-changed': { from: number | null; to: number | null };
  'incident.repair-priority-changed': {
    from: number | null;
    to: number | null;
    minutes: number | null;
    dueAt: number | null;
  };
  /** One decision: what was missing was put in and the incident closed. `entries` are its steps, in order. */
  'incident.closed': { statusId: number | null; entries: readonly number[] };
  'incident.auto-close-armed': {
    at: number;
    minutes: number;
    by: 'letter' | 'hand';
    /** The operator group that asked for this long. */
    group: string | null;
    messageId?: number;
    /** What was armed before. */
    was: number | null;
  };
  'incident.auto-close-cancelled': { was: number; why: 'letter' | 'hand'; messageId?: number };
  /** Silence should have closed it, but something was missing. */
  'incident.auto-close-refused': { problems: readonly string[] };
  /** What it says is the person's own and stands nowhere else. */
  'incident.reminder-set': { reminderId: number; at: number };
  'incident.reminder-done': { reminderId: number; at: number };
  'incident.edited': { changes: Record<string, { from: unknown; to: unknown }> };
  'incident.clock-started': { kind: string; startedAt: number };
  'incident.clock-paused': { kind: string; reason: string; remainingMs: number | null; pausedAt: number };
  'incident.clock-resumed': { kind: string; pausedMs: number; dueAt: number | null };
  'incident.clock-ended': { kind: string; endedAt: number; met: boolean | null; by?: string };
  'incident.clock-restarted': { kind: string; why: 'reopened' | 'undo' };
  'incident.work-begun': {
    kind: string;
    startedAt: number;
    dueAt: number | null;
    endedBefore: number | null;
  };
  'incident.work-ended': { kind: string; endedAt: number; met: boolean | null };
  /** A mistaken begin or end, put right; null: it never began, or has not ended. */
  'incident.work-corrected': {
    kind: string;
    from: WorkTimes | null;
    to: WorkTimes | null;
    dueAt: number | null;
  };
  'incident.deadline-moved': {
    kind: string;
    from: number | null;
    to: number | null;
    because: 'calendar' | 'days' | 'rule' | 'region' | 'zone' | 'priority';
    name: string;
  };
  'incident.clock-warning': { kind: string; percent: number; dueAt: number | null };
  'incident.escalated': { alarm: string; personIds: readonly number[]; afterSeconds: number };
  'incident.at-risk': { kind: string; dueAt: number };
  'incident.overdue': { kind: string; dueAt: number };
  'incident.alarm-acknowledged': { kinds: readonly string[]; seconds: number };
  'incident.dismissed': { ruleId: number | null };
  'incident.restored': { why: 'undo' | 'letter' };
  'incident.letter-joined': { messageId: number; by: string; detail?: string };
  'incident.letter-late': { messageId: number; count: number };
  'incident.reopened': { messageId: number };
  'incident.letter-moved': {
    messageId: number;
    from: number | null;
    to: number;
    why: 'hand' | 'original-arrived' | 'undo';
  };
  /** By one decision, from a chat; `from` is where each stood before. */
  'incident.messages-taken': {
    chatId: number;
    letters: readonly { readonly messageId: number; readonly from: number | null }[];
  };
  'incident.letter-queued': {
    messageId: number;
    outboxId: number;
    to: readonly string[];
    templateKey: string | null;
  };
  'incident.letter-taken-back': { messageId: number; outboxId: number };
  'incident.letter-accepted': { messageId: number; outboxId: number; response: string };
  'incident.letter-failed': { messageId: number; outboxId: number; code: string; detail: string };
  'incident.letter-unknown': { messageId: number; outboxId: number };
  'incident.letter-settled': {
    messageId: number;
    outboxId: number;
    by: 'found-in-sent' | 'found-in-chat' | 'hand';
  };
  /** By Pult, to a letter into a closed incident. */
  'incident.answered-automatically': {
    messageId: number;
    outboxId: number;
    answered: number;
    to: readonly string[];
  };
  /** The address has had its automatic letters of the hour. */
  'incident.answer-held-back': { answered: number; to: string; limit: number };
  /** It had waited so long that it would no longer be an answer. */
  'incident.answer-too-late': { messageId: number; outboxId: number };
  'incident.letter-read': { messageId: number; outboxId: number };
  'incident.letter-again': { messageId: number; outboxId: number };
  /** What was said before stays here: the message itself shows the last words. */
  'incident.message-edited': { messageId: number; from: string; to: string };
  'incident.message-deleted': { messageId: number };
  'incident.located': {
    messageId: number;
    by: 'place' | 'photo';
    latitude: number;
    longitude: number;
    from: { latitude: number; longitude: number } | null;
  };
  'incident.asset-bound': AssetLinkFacts & { by: 'hand' | 'subject' | 'body' | 'thread' | 'parent' };
  'incident.asset-unbound': AssetLinkFacts;
  'incident.asset-suggested': { assets: readonly { readonly assetId: number; readonly code: string }[] };
  /** `role` is what the other incident is to this one. */
  'incident.linked': { otherId: number; otherCode: string; role: LinkRole };
  'incident.unlinked': { otherId: number; otherCode: string; role: LinkRole };
  /** Of the one that took others in; each of them tells of it with `merged-into`. */
  'incident.merged': {
    merged: readonly { readonly id: number; readonly code: string; readonly letters: number }[];
  };
  'incident.merged-into': { into: number; code: string; letters: number };
  /** Taken apart again; the one it stood in tells of it with `part-left`. */
  'incident.parted': { from: number; code: string; letters: number; why: 'hand' | 'undo' };
  'incident.part-left': { id: number; code: string; letters: number; why: 'hand' | 'undo' };
  /** Several by one decision, told by every incident that gave or took; `from` is where each stood before. */
  'incident.letters-moved': {
    letters: readonly MovedLetterFacts[];
    to: number;
    toCode: string;
    why: 'hand' | 'undo';
  };
  /** Letters became an incident of their own, which tells of it with `split-off`. */
  'incident.split': {
    letters: readonly MovedLetterFacts[];
    to: number;
    toCode: string;
  };
  'incident.split-off': { from: number; fromCode: string; letters: number };
  'incident.flood-joined': { floodId: number; kind: 'asset' | 'line' | 'region'; title: string };
  'incident.flood-left': { floodId: number; title: string };
  /** Nothing comes through a channel: it is silent, or known to be down. */
  'incident.silence-began': {
    source: string;
    name: string;
    why: 'silent' | 'down';
    since: number;
    usualPerHour: number | null;
  };
  'incident.silence-ended': { source: string; name: string; silentMs: number };
  /** Of a call to a technician; one without an incident tells of itself by `call.told`. */
  'incident.call-told': CallFacts;
  'incident.call-marked': CallMarkFacts;
  /** A hand-over asked its contractor to acknowledge it. */
  'incident.contractor-asked': { requestId: number; name: string };
  'incident.contractor-answered': {
    requestId: number;
    name: string;
    said: ContractorVerb;
    /** The channel it was said by, or `hand`. */
    by: string;
    /** How all stood before, for taking back what was put down by hand. */
    was: 'waiting' | ContractorVerb;
    moved: { readonly from: number; readonly to: number } | null;
    workEnded: { readonly kind: string; readonly endedAt: number } | null;
  };
  'incident.contractor-silent': { requestId: number; name: string; minutes: number };
  /** What is said stays out of the journal. */
  'incident.notified': NotifiedFacts;
  'incident.notification-changed': NotificationChangeFacts;
  /** What a note says stays out of the journal, which leaves the desk with an export. */
  'incident.note-added': { noteId: number; mentions: readonly number[] };
  /** `version`: place among what it said before. */
  'incident.note-edited': { noteId: number; version: number };
  'incident.note-removed': { noteId: number };
  'incident.note-restored': { noteId: number };
  'incident.exported': { as: 'print' | 'pdf' | 'archive'; notes: boolean };
  /** `entries` are what taking it back wrote: taking those back puts it back. */
  'incident.undone': { sequence: number; event: string; entries?: readonly number[] };
  /** Of anything but an incident. */
  'desk.undone': { sequence: number; event: string; entries?: readonly number[] };
  /** One decision about many incidents: what each of them wrote. */
  'desk.bulk-done': { action: string; entries: readonly number[]; incidentIds: readonly number[] };
  'person.favourites-set': {
    changes: readonly {
      readonly incidentId: number;
      readonly from: 'normal' | 'important' | null;
      readonly to: 'normal' | 'important' | null;
    }[];
  };
  /** What had been read up to when; null is never. */
  'person.reading-set': {
    changes: readonly {
      readonly incidentId: number;
      readonly from: number | null;
      readonly to: number | null;
    }[];
  };
  'person.saved': { name: string; role: string; active: boolean } & Change<PersonFacts>;
  'person.roster-saved': { rules: number } & Change<readonly RosterFacts[]>;
  'person.signed-in': { sessionId: string };
  'person.shift-started': { source: string };
  'person.shift-ended': { source: string };
  'person.sound-tested': { heard: boolean };
  /** By one decision; `to` is null when it was spread over whoever is on duty. */
  'person.work-given': {
    why: 'ended' | 'left';
    to: number | null;
    /** Of the journal: each incident's own assignment. */
    entries: readonly number[];
  };
  'handover.signed': { to: number | 'lead' | 'next'; items: number; hash: string };
  'handover.acknowledged': { seconds: number };
  'handover.asked': { text: string };
  'handover.late': { minutes: number };
  'handover.alarm-acknowledged': { seconds: number };
  'account.saved': { address: string };
  'account.removed': { address: string };
  'account.halted': { reason: string };
  'oauth.client-saved': { provider: string; clientId: string };
  'account.resumed': Record<string, never>;
  'account.folder-reset': { role: string; from: string; to: string };
  'letter.quarantined': { rawId: number; reason: string };
  'letter.quarantine-retried': { rawId: number };
  'letter.quarantine-released': { rawId: number };
  'letter.quarantine-held': { rawId: number };
  'letter.stored': { messageId: number; why: string };
  'rule.saved': { field: string; value: string; active: boolean } & Change<RuleFacts>;
  'rule.removed': { field: string; value: string } & Change<RuleFacts>;
  'chat.rule-saved': {
    chatId: number;
    kind: string;
    value: string;
    typeId: number | null;
    active: boolean;
    ruleId?: number;
  } & Change<ChatRuleFacts>;
  'chat.rule-removed': { chatId: number; kind: string; value: string } & Change<ChatRuleFacts>;
  'chat.contact-set': { chatId: number; from: number | null; to: number | null };
  'contact.saved': { name: string; kind: string; active: boolean } & Change<
    Readonly<Record<string, unknown>>
  >;
  'view.saved': { name: string } & Change<Readonly<Record<string, unknown>>>;
  'view.removed': { name: string } & Change<Readonly<Record<string, unknown>>>;
  'telegram.signed-in': { userId: string; again: boolean };
  'telegram.signed-out': { reason: string };
  /** Whether Telegram could be told. */
  'telegram.logged-out': { ended: boolean };
  'telegram.reset': Record<string, never>;
  'telegram.removed': Record<string, never>;
  'telegram.api-saved': { apiId: number; checked: boolean };
  'asset.saved': { code: string; kind: string; changes: Record<string, { from: unknown; to: unknown }> };
  'asset.group-saved': { name: string; domains: readonly string[] } & Change<{
    readonly name: string;
    readonly domains: readonly string[];
  }>;
  'asset.region-saved': { key: string; repairEmail: { from: string; to: string } };
  'asset.source-saved': { name: string; url: string; everyMinutes: number | null; active: boolean };
  'asset.import-ended': {
    runId: number;
    state: string;
    guard: string | null;
    forced: boolean;
    rows: number;
    added: number;
    changed: number;
    gone: number;
    refused: number;
  };
  'clock.rule-saved': { key: string; name: string; changes: Record<string, { from: unknown; to: unknown }> };
  'clock.calendar-saved': {
    key: string;
    name: string;
    changes: Record<string, { from: unknown; to: unknown }>;
  };
  'clock.region-zone-saved': { name: string; from: string; to: string };
  'clock.days-saved': {
    days: readonly { readonly day: string; readonly from: string | null; readonly to: string | null }[];
  };
  'reference.saved': { list: string; key: string } & Change<Readonly<Record<string, unknown>>>;
  'setting.saved': { keys: readonly string[] } & Change<Readonly<Record<string, unknown>>>;
  'desk.set-up': { codePrefix: string; zone: string };
  'desk.restored': { backup: string; unknownLetters: number; codeCounter: number };
  'desk.recovery-key-made': Record<string, never>;
  'desk.recovery-key-removed': Record<string, never>;
  'desk.secrets-unlocked': Record<string, never>;
  'desk.secrets-given-up': Record<string, never>;
  'desk.put-to-rest': Record<string, never>;
  'desk.woken': Record<string, never>;
  /** What a run set out to remove; written with its first step, so that no removal is without it. */
  'desk.retention-run': {
    olderThanDays: number;
    incidents: number;
    attachments: number;
    letters: number;
    bytes: number;
  };
  /** As above, of words: letters and chat messages, notes, and raw letters with their bytes. */
  'desk.texts-removed': {
    olderThanDays: number;
    incidents: number;
    letters: number;
    notes: number;
    raws: number;
    bytes: number;
  };
  /** Keys of what was added, changed and put out of use, by list. */
  'reference.imported': {
    undoes: number | null;
    lists: Record<
      string,
      { added: readonly string[]; changed: readonly string[]; retired: readonly string[] }
    >;
  };
};

export type JournalKind = keyof JournalFacts;

export type AssignmentReason =
  | 'least-busy'
  | 'hand'
  | 'shift-started'
  | 'shift-ended'
  | 'opened-by'
  | 'undo'
  | 'none';
