import { firstWords, squeeze } from '../../shared/domain/subject.ts';
import type { ChatMessageRecord } from '../db/chat-records.ts';
import type { SaidMessage } from './parts.ts';

/** What a message says, with what it carries that is no file put into words. */
export function saidText({ text, extra }: Pick<ChatMessageRecord, 'text' | 'extra'>): string {
  return [text, extraText(extra)].filter((line) => line !== '').join('\n');
}

/** An album says what its parts say. */
export function saidTogether(messages: readonly Pick<ChatMessageRecord, 'text' | 'extra'>[]): string {
  return messages
    .map(saidText)
    .filter((line) => line !== '')
    .join('\n');
}

/** First words of the first message that has some; else a file, else where it was said. */
export function titleOf(said: readonly SaidMessage[]): string {
  for (const { message } of said) {
    const words = firstWords(saidText(message));
    if (words !== '') return words;
  }
  const [named] = said.flatMap(({ files }) => files.filter(({ kind }) => kind === 'document'));
  return squeeze(named?.fileName ?? '') || (said[0]?.chat.title ?? '');
}

function extraText(extra: ChatMessageRecord['extra']): string {
  switch (extra?.kind) {
    case 'location': {
      const place = `${extra.latitude.toFixed(6)}, ${extra.longitude.toFixed(6)}`;
      return extra.title === null ? place : `${extra.title}\n${place}`;
    }
    case 'contact':
      return [extra.name, extra.phone].filter((part) => part !== '').join(', ');
    case 'service':
      return extra.text;
    case 'unsupported':
    case undefined:
      return '';
  }
}
