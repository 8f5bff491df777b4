import type { AnswerVerb, Urgency } from '../../../../shared/domain/reaching.ts';
import { verbCaptions } from '../../answer-words.ts';
import type { Dispatch } from '../../route-driver.ts';
import { fitBytes } from '../http-refusal.ts';
import { buttonData, readButton } from '../messenger-words.ts';
import type { NtfySetup } from './ntfy-client.ts';

/** The server makes a file of what is longer, and a phone shows no words then. */
const mostBytes = 4000;
const mostTitleBytes = 250;
/** The app shows no more buttons; what a dispatcher waits for first stays. */
const mostActions = 3;
const byNeed: readonly AnswerVerb[] = ['accepted', 'cannot', 'done', 'on-the-way', 'in-progress'];
const priorities: Readonly<Record<Urgency, number>> = { normal: 3, urgent: 4, critical: 5 };

export function ntfyMessage(dispatch: Dispatch, setup: NtfySetup): Readonly<Record<string, unknown>> {
  const { address, title, text, urgency, files, code } = dispatch;
  const attached = files.length === 0 ? '' : `\n\nФайлов у диспетчера: ${files.length}`;
  const verbs = setup.replyTopic === '' ? [] : shownVerbs(dispatch.verbs);
  const how = verbs.length > 0 ? `\n\nКод ответа: ${code}` : '';
  return {
    topic: address,
    ...(title.trim() === '' ? {} : { title: fitBytes(title.trim(), mostTitleBytes) }),
    message: `${fitBytes(text, mostBytes - Buffer.byteLength(attached + how))}${attached}${how}`,
    priority: priorities[urgency],
    ...(verbs.length === 0 ? {} : { actions: verbs.map((verb) => action(verb, dispatch, setup)) }),
  };
}

function shownVerbs(verbs: readonly AnswerVerb[]): readonly AnswerVerb[] {
  const needed = byNeed.filter((verb) => verbs.includes(verb)).slice(0, mostActions);
  return verbs.filter((verb) => needed.includes(verb));
}

function action(verb: AnswerVerb, { code, address }: Dispatch, { base, replyTopic, replyToken }: NtfySetup) {
  return {
    action: 'http',
    label: verbCaptions[verb],
    url: `${base}/${replyTopic}`,
    method: 'POST',
    ...(replyToken === '' ? {} : { headers: { Authorization: `Bearer ${replyToken}` } }),
    // Whose phone it was says the topic: the reply topic itself names nobody.
    body: `${buttonData(code, verb)} ${address}`,
    clear: true,
  };
}

export type NtfyPress = { readonly verb: AnswerVerb; readonly code: string; readonly topic: string };

/** What a button of ours posts; undefined for anything else. */
export function readPress(body: string): NtfyPress | undefined {
  const [data = '', topic = '', ...rest] = body.trim().split(' ');
  const button = rest.length === 0 ? readButton(data) : null;
  return button ? { ...button, topic } : undefined;
}
