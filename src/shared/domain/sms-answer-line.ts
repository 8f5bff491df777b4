import type { AnswerVerb } from './reaching.ts';
import type { RouteKind } from './route-kinds.ts';
import { smsText } from './sms-segments.ts';

/** Short, for every segment costs: whoever accepts says so, whoever cannot says that. */
const offered = [
  ['accepted', 'принял'],
  ['cannot', 'не могу'],
] as const satisfies readonly (readonly [AnswerVerb, string])[];

/** Whether a way of sending SMS reads what is written back to its number. */
export function hearsSms(kind: RouteKind, settings: Readonly<Record<string, string>>): boolean {
  if (kind === 'smpp') return true;
  return kind === 'twilio' && Boolean(settings['readsAnswers']) && Boolean(settings['sender']);
}

type Asking = {
  readonly title: string;
  readonly text: string;
  readonly verbs: readonly AnswerVerb[];
  readonly code: string;
};

/** With what may be said back, where the route hears it. */
export function askingWords({ verbs, code, ...said }: Asking): string {
  const text = smsText(said);
  const captions = offered.flatMap(([verb, caption]) => (verbs.includes(verb) ? [caption] : []));
  return captions.length === 0 ? text : `${text}\nОтвет: ${code} ${captions.join(' / ')}`;
}
