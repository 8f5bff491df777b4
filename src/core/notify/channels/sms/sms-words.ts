import { smsText } from '../../../../shared/domain/sms-segments.ts';
import { verbCaptions } from '../../answer-words.ts';
import type { Dispatch } from '../../route-driver.ts';

/** Short, for every segment costs: whoever accepts says so, whoever cannot says that. */
const offered = ['accepted', 'cannot'] as const;

/** With what may be said back where the route hears it. */
export function askingWords(dispatch: Dispatch): string {
  const { verbs, code } = dispatch;
  const text = smsText(dispatch);
  if (verbs.length === 0) return text;
  const captions = offered
    .filter((verb) => verbs.includes(verb))
    .map((verb) => verbCaptions[verb].toLowerCase());
  return captions.length === 0 ? text : `${text}\nОтвет: ${code} ${captions.join(' / ')}`;
}
