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

/** Every event the journal knows, with the facts it carries. Old entries are never rewritten: only add. */
export type JournalFacts = {
  'incident.opened': {
    code: string;
    by: 'letter' | 'chat' | 'hand' | 'quarantine';
    messageId?: number;
    title: string;
  };
  'incident.assigned': { from: number | null; to: number | null; why: AssignmentReason; load?: number };
  'incident.waits-for-dispatcher': { why: 'nobody-on-duty' };
  'incident.status-changed': { from: number; to: number; why: 'hand' | 'reopened' | 'letter-sent' | 'undo' };
  'incident.type-changed': {
    from: number | null;
    to: number | null;
    slaMinutes: number | null;
    dueAt: number | null;
  };
  'incident.edited': { changes: Record<string, { from: unknown; to: unknown }> };
  'incident.clock-started': { kind: string; startedAt: number };
  'incident.clock-paused': { kind: string; reason: string; remainingMs: number | null; pausedAt: number };
  'incident.clock-resumed': { kind: string; pausedMs: number; dueAt: number | null };
  'incident.clock-ended': { kind: string; endedAt: number; met: boolean | null };
  'incident.clock-restarted': { kind: string; why: 'reopened' | 'undo' };
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
  'incident.undone': { sequence: number; event: string };
  'person.saved': { name: string; role: string; active: boolean };
  'person.roster-saved': { rules: number };
  'person.signed-in': { sessionId: string };
  'person.shift-started': { source: string };
  'person.shift-ended': { source: string };
  'account.saved': { address: string };
  'account.removed': { address: string };
  'account.halted': { reason: string };
  'account.resumed': Record<string, never>;
  'account.folder-reset': { role: string; from: string; to: string };
  'letter.quarantined': { rawId: number; reason: string };
  'letter.quarantine-retried': { rawId: number };
  'letter.quarantine-released': { rawId: number };
  'letter.stored': { messageId: number; why: string };
  'rule.saved': { field: string; value: string; active: boolean };
  'rule.removed': { field: string; value: string };
  'chat.rule-saved': { chatId: number; kind: string; value: string; typeId: number | null; active: boolean };
  'chat.rule-removed': { chatId: number; kind: string; value: string };
  'chat.contact-set': { chatId: number; from: number | null; to: number | null };
  'contact.saved': { name: string; kind: string; active: boolean };
  'telegram.signed-in': { userId: string; again: boolean };
  'telegram.signed-out': { reason: string };
  /** Whether Telegram could be told. */
  'telegram.logged-out': { ended: boolean };
  'telegram.reset': Record<string, never>;
  'telegram.removed': Record<string, never>;
  'telegram.api-saved': { apiId: number; checked: boolean };
  'asset.saved': { code: string; kind: string; changes: Record<string, { from: unknown; to: unknown }> };
  'asset.group-saved': { name: string; domains: readonly string[] };
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
  'reference.saved': { list: string; key: string };
  'setting.saved': { keys: readonly string[] };
  'desk.set-up': { codePrefix: string; zone: string };
  'desk.restored': { backup: string; unknownLetters: number; codeCounter: number };
};

export type JournalKind = keyof JournalFacts;

export type AssignmentReason = 'least-busy' | 'hand' | 'shift-started' | 'opened-by' | 'undo' | 'none';

/** Events that one command on a key takes back. */
export const undoableKinds: ReadonlySet<string> = new Set<JournalKind>([
  'incident.assigned',
  'incident.status-changed',
  'incident.type-changed',
  'incident.edited',
  'incident.dismissed',
  'incident.letter-moved',
  'incident.messages-taken',
  'incident.asset-bound',
  'incident.asset-unbound',
  'incident.clock-paused',
  'incident.clock-resumed',
]);
