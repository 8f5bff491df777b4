import type { Receipt } from '../../shared/domain/channels.ts';
import type { AnswerVerb, Urgency } from '../../shared/domain/reaching.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Random } from '../platform/random.ts';
import type { Health } from '../platform/service.ts';

/** What one attempt takes to a service. */
export type Dispatch = {
  readonly deliveryId: number;
  /** The same for every try of one delivery: a service that knows idempotency keys takes it once. */
  readonly uuid: string;
  readonly address: string;
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly urgency: Urgency;
  /** What it may be answered by; empty when nothing is asked. */
  readonly verbs: readonly AnswerVerb[];
  /** Said back in words it answers this notification. */
  readonly code: string;
  readonly files: readonly DispatchFile[];
};

export type DispatchFile = {
  readonly path: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly size: number;
};

export type DispatchHooks = {
  /**
   * Must be called before the first byte of the message is written; what it records survives a crash. Throws `cancelled`
   * when the message was taken back meanwhile, `conflict` (reason `money-limit`) when the day's money is spent: then
   * nothing may be written.
   */
  wrote(): void;
};

export type ReceiptStatus = Receipt | 'failed';

/** How far a message came, as a provider tells it. */
export type StatusReport = {
  readonly status: ReceiptStatus;
  /** As the provider says it, short: for the screen. */
  readonly raw: string;
  /** Hundredths of the currency. */
  readonly cost?: number;
  readonly segments?: number;
};

export type Sent = StatusReport & { readonly providerId: string | null };

export type Polled = { readonly providerId: string; readonly report: StatusReport };

/** A message whose fate is asked for. */
export type Asked = {
  readonly uuid: string;
  readonly address: string;
  readonly providerId: string | null;
  readonly sentAt: number;
  readonly text: string;
};

/** What a route hears; each is told once per `eventId`, repeated ones are thrown away by whoever takes them. */
export type RouteInbox = {
  receipt(event: {
    readonly providerId: string;
    readonly eventId: string;
    readonly at: number;
    readonly report: StatusReport;
  }): void;
  /**
   * Words, a button, a place or photos from somebody. Resolves to what should be said back, in the desk's language;
   * null says nothing. Written when it resolves: a cursor may move only then.
   */
  answer(event: InboundAnswer): { readonly reply: string | null; readonly verb: AnswerVerb | null };
  /** Whoever shares their place live is elsewhere by now; `eventId` is of the answer it came with first. */
  moved(event: {
    readonly eventId: string;
    readonly latitude: number;
    readonly longitude: number;
    readonly at: number;
  }): void;
  /** Somebody came by a one-time link; null when the code is unknown, used or too old. */
  bind(event: {
    readonly code: string;
    readonly chatId: string;
    readonly userId: string;
    readonly title: string;
  }): { readonly name: string } | null;
  /** Whether somebody is bound to the chat. */
  knows(chatId: string): boolean;
  /** The route was shut out by them, or let in again. */
  blocked(chatId: string, isBlocked: boolean): void;
  /** Stores bytes as an attachment of the desk. */
  store(file: {
    readonly bytes: Uint8Array;
    readonly fileName: string;
    readonly mimeType: string;
  }): Promise<InboundFile>;
  cursor(): string;
  saveCursor(cursor: string): void;
};

export type InboundFile = {
  readonly sha256: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly size: number;
};

export type InboundAnswer = {
  readonly eventId: string;
  readonly at: number;
  /** As the address of a delivery is written: a chat id, digits of a telephone, an e-mail. */
  readonly address: string;
  readonly verb: AnswerVerb | null;
  /** Of the button or of the words; null when only the address tells. */
  readonly code: string | null;
  /** Of the message it answers, where the service tells. */
  readonly providerId: string | null;
  readonly text: string;
  readonly files: readonly InboundFile[];
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
};

/** What a test button learns, such as the balance or the name of the bot. */
export type RouteTest = { readonly facts: Readonly<Record<string, string | number>> };

/**
 * One configured way to a service. Throws AppError with a reason from route-errors.ts whose `details.certainty` is a
 * `Certainty`; `details.scope` of `route` says that the service is in trouble and another route may be taken, `address`
 * that this address is dead, nothing that this message alone failed. `retryAfterMs` is when the service takes more.
 */
export type RouteDriver = {
  /** What can be learnt about a message as it is set up. */
  readonly receipts: readonly Receipt[];
  /** The same uuid given twice is taken once. */
  readonly isIdempotent: boolean;
  send(dispatch: Dispatch, hooks: DispatchHooks, signal: AbortSignal): Promise<Sent>;
  /** Asks how far messages came, at most 50 at once; what the service does not know is left out. */
  poll?(asked: readonly Asked[], signal: AbortSignal): Promise<readonly Polled[]>;
  /** Looks for a message whose answer was lost: `absent` only when it certainly never arrived. */
  find?(asked: Asked, signal: AbortSignal): Promise<Sent | 'absent' | 'in-doubt'>;
  /** Hears until `signal` aborts; returns or throws when the connection ends, and is called again. */
  listen?(inbox: RouteInbox, signal: AbortSignal): Promise<void>;
  test(signal: AbortSignal): Promise<RouteTest>;
  health?(): Health;
  close?(): Promise<void>;
};

export type RouteConfig = {
  readonly routeId: number;
  readonly name: string;
  /** Fields of its kind, secrets among them. */
  readonly fields: Readonly<Record<string, string>>;
  readonly proxy: string;
  readonly timeoutMs: number;
};

export type DriverParts = {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
};

export type CreateDriver = (parts: DriverParts, config: RouteConfig) => RouteDriver;
