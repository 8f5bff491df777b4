import type { Receipt } from '../channels.ts';
import type { ReachChannel } from '../reaching.ts';

/** One field of the settings form; its words are `routes.fields.<name>` or `routes.kinds.<kind>.<name>`. */
export type RouteField = {
  readonly name: string;
  readonly as: 'text' | 'url' | 'number' | 'switch' | 'choice' | 'long-text' | 'account';
  /** Never leaves core once it is written; the form shows only that there is one. */
  readonly secret?: boolean;
  readonly required?: boolean;
  readonly initial?: string;
  /** Of a choice; words are `routes.choices.<name>.<value>`. */
  readonly values?: readonly string[];
  /** Shown only once the form is opened wide. */
  readonly further?: boolean;
};

export type RouteKindSpec = {
  readonly channel: ReachChannel;
  /** What it can tell about a message at best; a driver may tell less by its settings, never more. */
  readonly receipts: readonly Receipt[];
  readonly fields: readonly RouteField[];
  /** Messages a minute that its service takes from a fresh account. */
  readonly perMinute: number;
  readonly paid: boolean;
  /** It hears by itself: answers, receipts, people who bind themselves. */
  readonly listens: boolean;
};
