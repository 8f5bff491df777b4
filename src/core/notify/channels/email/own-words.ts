import { answerLine } from './notice-words.ts';

const mark = answerLine.replaceAll('─', '').trim();
/** What programs put before the letter that is answered. */
const quoteStarts = [
  /^\s*-{2,}\s*(?:original message|исходное сообщение|пересылаемое сообщение|forwarded message)/i,
  /^\s*\*?(?:от|from|отправлено|sent):\*?\s+\S/i,
  /(?:пишет|написал|написала|написал\(а\)|wrote|writes):\s*$/i,
  // Gmail, Yandex and Mail.ru in Russian: a day, a name, an address and a colon.
  /<[^<>\s]+@[^<>\s]+>(?: написал(?:\(а\)|а)?)?:\s*$/i,
  /^_{10,}\s*$/,
];
const longest = 4000;

/** What somebody wrote themselves, without the letter they answer and without their signature. */
export function ownWords(text: string): string {
  const own: string[] = [];
  for (const line of text.split('\n')) {
    if (line.includes(mark) || quoteStarts.some((start) => start.test(line)) || /^-- ?$/.test(line)) break;
    if (!/^\s*>/.test(line)) own.push(line);
  }
  return own.join('\n').trim().slice(0, longest);
}
