import { expect, test } from 'vitest';
import type { Draft } from '../../../shared/contract/letters.ts';
import { carryOver, ownText } from './carry-over.ts';

const quote = '\n\n21.11.2026, 14:20, noc@tele-op.example:\n> Нет питания';
const signature = '\n\n-- \nДиспетчерская служба';

function draft(change: Partial<Draft>): Draft {
  return {
    id: 1,
    incidentId: 7,
    mode: 'reply',
    sourceId: 3,
    accountId: 1,
    recipients: { to: [], cc: [], bcc: [] },
    subject: '',
    body: '',
    attachments: [],
    templateKey: null,
    updatedAt: 0,
    ...change,
  };
}

test('what the hand wrote is told from signature and quote', () => {
  expect(ownText(`Выехали.${signature}${quote}`)).toBe('Выехали.');
  expect(ownText(`${signature}${quote}`)).toBe('');
});

test('choosing a template keeps the words already written', () => {
  const change = carryOver(
    draft({ body: `Выехали.${signature}` }),
    draft({ body: `Заявка принята.${signature}` }),
  );

  expect(change).toEqual({ body: `Выехали.\n\nЗаявка принята.${signature}` });
});

test('an untouched letter leaves nothing behind', () => {
  expect(carryOver(draft({ body: `${signature}${quote}` }), draft({ body: 'x' }))).toBeUndefined();
});

test('files go along from a reply, but those of a forwarded letter stay with it', () => {
  const file = { sha256: 'a'.repeat(64), fileName: 'акт.pdf', mimeType: 'application/pdf', size: 1 };

  expect(carryOver(draft({ attachments: [file] }), draft({}))).toEqual({ attachments: [file] });
  expect(carryOver(draft({ mode: 'forward', attachments: [file] }), draft({}))).toBeUndefined();
});
