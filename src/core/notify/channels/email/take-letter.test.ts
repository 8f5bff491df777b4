import { describe, expect, test } from 'vitest';
import { inbound } from '../../../../../test/support/intake-bench.ts';
import { createMemoryInbox } from '../../../../../test/support/route-contract.ts';
import { answerLine } from './notice-words.ts';
import { createTakeLetter } from './take-letter.ts';

const uuid = '0197f0a0-0000-7000-8000-00000000000a';
const code = 'K7M4PX';
const noticeId = `notice.${code}.${uuid}@towers.example`;
const technician = 'sedov@crew.example';

function taking({ hasRoute = true } = {}) {
  const inbox = createMemoryInbox();
  const dead: string[] = [];
  const take = createTakeLetter({
    addressesOf: (asked) => (asked === code ? [technician] : undefined),
    inboxOf: () => (hasRoute ? inbox : undefined),
    onDead: (address, because) => dead.push(`${address} ${because}`),
  });
  return {
    inbox,
    dead,
    take: (letter: Parameters<typeof inbound>[0], direction: 'in' | 'out' = 'in') =>
      take({ message: inbound(letter), direction }),
  };
}
const quoted = `\n\n> ${answerLine}\n> Ответьте на это письмо одним словом: Принял, Не могу.`;

describe('an answer by letter', () => {
  test('is known by the letter it answers', () => {
    const { inbox, take } = taking();

    const link = take({
      sender: 'Sedov@Crew.example',
      inReplyTo: noticeId,
      text: `Принял, выезжаю.${quoted}`,
    });

    expect(link).toEqual({ as: 'reply', code });
    expect(inbox.answers).toEqual([
      expect.objectContaining({
        verb: 'on-the-way',
        code,
        providerId: uuid,
        address: technician,
        text: 'Принял, выезжаю.',
      }),
    ]);
  });

  test('is none when it says many codes: somebody guesses', () => {
    const { inbox, take } = taking();
    const guesses = ['AB2345', 'AB2346', 'AB2347', 'AB2348', 'AB2349', 'AB2354', 'AB2355', 'AB2356'];

    expect(take({ sender: 'who@elsewhere.example', text: `Принял ${guesses.join(' ')} ${code}` })).toBe(
      undefined,
    );
    expect(inbox.answers).toEqual([]);
    expect(take({ sender: 'who@elsewhere.example', text: `Принял ${guesses[0]} ${code}` })?.code).toBe(code);
  });

  test('is known through a letter in between', () => {
    const { inbox, take } = taking();

    take({ inReplyTo: 'other@crew.example', references: [noticeId, 'other@crew.example'], text: 'Готово' });

    expect(inbox.answers[0]).toMatchObject({ verb: 'done', providerId: uuid });
  });

  test('says nothing by the words of the notice that it quotes', () => {
    const { inbox, take } = taking();

    take({ inReplyTo: noticeId, text: `Кто ещё едет?${quoted}` });

    expect(inbox.answers[0]).toMatchObject({ verb: null, text: 'Кто ещё едет?' });
  });

  test.each([
    `Принял\n\n-----Original Message-----\nFrom: desk@towers.example\nНе могу`,
    `Принял\n\nср, 4 мар. 2026 г. в 08:30, Диспетчерская пишет:\nНе могу`,
    `Принял\n\nпн, 2 мар. 2026 г., 10:21 Диспетчерская <desk@towers.example>:\nНе могу`,
    `Принял\n\n2 марта 2026 г., в 10:21, Диспетчерская <desk@towers.example> написал(а):\nНе могу`,
    `Принял\n\nОт: Диспетчерская\nТема: Не могу`,
    `Принял\n-- \nСедов, "Не могу" и партнёры`,
    `Принял\n${answerLine}\nНе могу`,
  ])('is read without what a mail program puts below it', (text) => {
    const { inbox, take } = taking();

    take({ inReplyTo: noticeId, text });

    expect(inbox.answers[0]).toMatchObject({ verb: 'accepted', text: 'Принял' });
  });

  test('is known by the code word alone, in whichever alphabet it was typed', () => {
    const { inbox, take } = taking();

    const link = take({ sender: 'private@mail.example', subject: '', text: 'принял к7м4рх' });

    expect(link).toEqual({ as: 'word', code });
    expect(inbox.answers[0]).toMatchObject({
      verb: 'accepted',
      providerId: null,
      address: 'private@mail.example',
    });
  });

  test('may stand in the subject, as the buttons of a notice write it', () => {
    const { inbox, take } = taking();

    take({ sender: 'private@mail.example', subject: `Не могу ${code}`, text: '' });

    expect(inbox.answers[0]).toMatchObject({ verb: 'cannot', code });
  });

  test('is not taken from a stranger to whom the notice was passed on', () => {
    const { inbox, take } = taking();

    const link = take({
      sender: 'noc@operator.example',
      subject: 'FW: Авария',
      text: `Принял\n> ваш код ${code}`,
    });

    expect(link).toBeUndefined();
    expect(inbox.answers).toEqual([]);
  });

  test('is taken from the one who got it when only the quoted part names the code', () => {
    const { inbox, take } = taking();

    expect(take({ sender: technician, subject: 'Re: Авария', text: `Принял\n> ваш код ${code}` })).toEqual({
      as: 'word',
      code,
    });
    expect(inbox.answers[0]).toMatchObject({ verb: 'accepted' });
  });

  test('brings its photos, and not the logo of a signature', () => {
    const { inbox, take } = taking();
    const file = (fileName: string, size: number, inline: boolean) => ({
      sha256: 'a'.repeat(64),
      fileName,
      mimeType: 'image/jpeg',
      size,
      contentId: undefined,
      inline,
    });

    take({
      inReplyTo: noticeId,
      text: 'готово',
      attachments: [
        file('щит.jpg', 900, false),
        file('image0.jpeg', 2_000_000, true),
        file('logo.png', 4000, true),
      ],
    });

    expect(inbox.answers[0]?.files.map(({ fileName }) => fileName)).toEqual(['щит.jpg', 'image0.jpeg']);
  });

  test('has the same name however often it is read', () => {
    const { inbox, take } = taking();
    const letter = { id: 'same@crew.example', inReplyTo: noticeId, text: 'Принял' };

    take(letter);
    take(letter);

    expect(inbox.answers[1]?.eventId).toBe(inbox.answers[0]?.eventId);
  });
});

describe('what is left to incidents', () => {
  test.each([
    ['a letter of nobody in particular', { text: 'Принял в работу' }],
    ['a code nobody gave out', { text: 'Принял 7XK4MP' }],
    [
      'an answer to a notice of another desk',
      { inReplyTo: `notice.7XK4MP.${uuid}@other.example`, text: 'Принял' },
    ],
  ])('%s', (_name, letter) => {
    const { inbox, take } = taking();

    expect(take(letter)).toBeUndefined();
    expect(inbox.answers).toEqual([]);
  });

  test('every letter of a desk that sends no notices by mail', () => {
    expect(taking({ hasRoute: false }).take({ inReplyTo: noticeId, text: 'Принял' })).toBeUndefined();
  });
});

describe('what programs answer', () => {
  const bounce = (status: string | undefined, originalMessageId: string | undefined) => ({
    sender: 'mailer-daemon@crew.example',
    automatic: {
      kind: 'bounce',
      evidence: 'delivery-status',
      bounce: { originalMessageId, recipients: [technician], status, diagnostic: 'no such user' },
    } as const,
  });

  test('a bounce makes the delivery failed, in the words of the server', () => {
    const { inbox, take } = taking();

    expect(take(bounce('5.1.1', noticeId))).toEqual({ as: 'automatic', code });
    expect(inbox.receipts).toEqual([
      expect.objectContaining({ providerId: uuid, report: { status: 'failed', raw: '5.1.1 no such user' } }),
    ]);
  });

  test('a bounce in free words is known by the headers it quotes', () => {
    const { inbox, take } = taking();

    take({ ...bounce(undefined, undefined), text: `Returned:\nMessage-ID: <${noticeId}>` });

    expect(inbox.receipts[0]).toMatchObject({ providerId: uuid, report: { status: 'failed' } });
  });

  test.each([
    ['5.1.1', [technician], [`${technician} 5.1.1 no such user`]],
    ['5.2.2', [technician], []],
    ['5.7.1', [technician], []],
    ['5.1.1', ['somebody.else@crew.example'], []],
  ])(
    'a bounce with %s of %s ends the address for good only when nobody lives there',
    (status, to, wanted) => {
      const { dead, take } = taking();
      const returned = bounce(status, noticeId);
      const { bounce: report } = returned.automatic;

      take({ ...returned, automatic: { ...returned.automatic, bounce: { ...report, recipients: to } } });

      expect(dead).toEqual(wanted);
    },
  );

  test('a delay is no failure', () => {
    const { inbox, take } = taking();

    expect(take(bounce('4.4.1', noticeId))).toEqual({ as: 'automatic', code });
    expect(inbox.receipts).toEqual([]);
  });

  test('an automatic reply acknowledges nothing, whatever it says', () => {
    const { inbox, take } = taking();
    const automatic = { kind: 'auto-reply', evidence: 'auto-submitted', bounce: undefined } as const;

    const link = take({ sender: technician, automatic, inReplyTo: noticeId, text: `Принято! Код ${code}` });

    expect(link).toEqual({ as: 'automatic', code });
    expect([inbox.answers, inbox.receipts]).toEqual([[], []]);
  });

  test('a copy that the provider keeps says that the notice was taken', () => {
    const { inbox, take } = taking();

    expect(take({ id: noticeId }, 'out')).toEqual({ as: 'copy', code });
    expect(inbox.receipts).toEqual([
      expect.objectContaining({ providerId: uuid, report: { status: 'accepted', raw: 'copy' } }),
    ]);
  });
});
