import type { AnswerVerb } from '../../../../shared/domain/reaching.ts';
import { verbCaptions } from '../../answer-words.ts';
import { inRows } from '../messenger-words.ts';

/** Buttons under a message, as the Bot API takes them; without verbs they go. */
export function keyboardOf(verbs: readonly AnswerVerb[], dataOf: (verb: AnswerVerb) => string) {
  const buttons = verbs.map((verb) => ({ text: verbCaptions[verb], callback_data: dataOf(verb) }));
  return { inline_keyboard: inRows(buttons) };
}
