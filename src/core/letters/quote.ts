import type { MessageView } from '../../shared/contract/incidents.ts';

/** A body holds 200,000 characters; what is quoted must leave room for what is said. */
const mostQuoted = 120_000;

/** The answered letter below the answer: who and when, then its lines, older quotes one step deeper. */
export function replyQuote(source: MessageView, when: string): string {
  const quoted = clip(source.text)
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`).trimEnd());
  return `\n\n${when}, ${writerOf(source)}:\n${quoted.join('\n')}`;
}

/** The letter as it was, under a ruler with its headers. */
export function forwardQuote(source: MessageView, when: string): string {
  const to = source.to.map(({ address }) => address).join(', ');
  const head = [`От: ${writerOf(source)}`, `Дата: ${when}`, `Тема: ${source.subject}`, `Кому: ${to}`];
  return `\n\n---------- Пересылаемое письмо ----------\n${head.join('\n')}\n\n${clip(source.text)}`;
}

function writerOf({ from }: MessageView): string {
  return from.name === '' ? from.address : `${from.name} <${from.address}>`;
}

function clip(text: string): string {
  const whole = text.trimEnd();
  if (whole.length <= mostQuoted) return whole;
  return `${whole.slice(0, mostQuoted).replace(/[\ud800-\udbff]$/u, '')}\n[…]`;
}
