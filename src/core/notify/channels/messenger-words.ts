import { answerVerbs, type AnswerVerb } from '../../../shared/domain/reaching.ts';
import type { Dispatch } from '../route-driver.ts';

/** What a bot says by itself; core speaks Russian where no page is there to translate. */
export const botSays = {
  bound: (name: string) =>
    `${name}, готово: вызовы и оповещения будут приходить сюда. Отвечайте кнопками под сообщением или словами.`,
  staleLink: 'Ссылка устарела или уже использована. Попросите у диспетчера новую.',
  hello: 'Чтобы вызовы приходили сюда, откройте ссылку, которую даст диспетчер.',
  stranger: 'Этот чат никому не принадлежит. Попросите у диспетчера ссылку для привязки.',
  taken: 'Принято',
  fileLost: (fileName: string) => `[файл «${fileName}» не получен]`,
} as const;

/** Of a button: the notification's code and what pressing it says. Messengers keep 64 bytes of it. */
export function buttonData(code: string, verb: AnswerVerb): string {
  const data = `a:${code}:${verb}`;
  if (Buffer.byteLength(data) > 64) throw new Error('A button carries more than 64 bytes');
  return data;
}

/** null is a button that is not of this desk, or no longer understood. */
export function readButton(data: string): { readonly code: string; readonly verb: AnswerVerb } | null {
  const [, code, said] = /^a:([^:]{1,40}):([a-z-]{1,20})$/.exec(data) ?? [];
  const verb = answerVerbs.find((known) => known === said);
  return code === undefined || verb === undefined ? null : { code, verb };
}

/** What can still be said after this: nothing that was before it, and nothing at all after the end. */
export function verbsAfter(shown: readonly AnswerVerb[], pressed: AnswerVerb): readonly AnswerVerb[] {
  if (pressed === 'done' || pressed === 'cannot') return [];
  const place = answerVerbs.indexOf(pressed);
  return shown.filter((verb) => answerVerbs.indexOf(verb) > place);
}

/** Two in a row: a thumb in a glove must hit them. */
export function inRows<Button>(buttons: readonly Button[]): Button[][] {
  return Array.from({ length: Math.ceil(buttons.length / 2) }, (_, row) =>
    buttons.slice(row * 2, row * 2 + 2),
  );
}

/** The title stands above the words. */
export function wordsOf({ title, text }: Pick<Dispatch, 'title' | 'text'>): string {
  return [title, text].filter((part) => part.trim() !== '').join('\n\n');
}

const restIsAtDesk = '…\n\n[Сокращено: целиком — у диспетчера]';

/** As much as the service takes: words that are cut off, and say so, are worth more than a message that is refused. */
export function fitWords(words: string, most: number): string {
  if (words.length <= most) return words;
  const kept = words.slice(0, most - restIsAtDesk.length);
  // Half of a pair of units is no sign.
  return `${kept.replace(/[\uD800-\uDBFF]$/, '').trimEnd()}${restIsAtDesk}`;
}
