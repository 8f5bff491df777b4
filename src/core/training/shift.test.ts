import { ImapFlow } from 'imapflow';
import nodemailer from 'nodemailer';
import PostalMime, { type Email } from 'postal-mime';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { silentLogger } from '../platform/logger.ts';
import { startEmbeddedMail, type EmbeddedMail, type Submission } from './embedded-mail.ts';
import { createSeededRandom } from './seeded-random.ts';
import { createShift, type Shift } from './shift.ts';
import { shapes } from './story.ts';

const startAt = Date.UTC(2026, 2, 4, 9);
const account = { address: 'desk@towers.example', password: 'secret' };
const minuteMs = 60_000;

type Delivered = { readonly raw: Buffer; readonly receivedAt: number; readonly folder: string };

/** The mail account as a list: what the shift puts there, and a way to write to its people. */
function createListMail() {
  const letters: Delivered[] = [];
  const listeners = new Set<(submission: Submission) => void>();
  const mail: EmbeddedMail = {
    account,
    host: '127.0.0.1',
    ports: { imap: 0, smtp: 0 },
    sentFolder: 'Sent',
    deliver: (raw, receivedAt, folder = 'INBOX') =>
      letters.push({ raw: Buffer.from(raw), receivedAt, folder }),
    onSubmitted(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    count: (folder) => letters.filter((letter) => letter.folder === folder).length,
    stop: async () => {},
  };
  const send = (recipient: string, letter: string) => {
    const raw = Buffer.from(letter.replaceAll('\n', '\r\n'));
    for (const listener of listeners) listener({ from: account.address, recipients: [recipient], raw });
  };
  return { mail, letters, send, listeners };
}

const running: Shift[] = [];
const mails: EmbeddedMail[] = [];

afterEach(async () => {
  for (const shift of running.splice(0)) await shift.stop();
  for (const mail of mails.splice(0)) await mail.stop();
});

async function play(seed = 7, { speed = 1 } = {}) {
  const clock = createFakeClock(startAt);
  const list = createListMail();
  const random = createSeededRandom(seed);
  const shift = createShift({ mail: list.mail, clock, random, speed, log: silentLogger });
  running.push(shift);
  await shift.start(new AbortController().signal);
  return { clock, shift, ...list };
}

function parseAll(letters: readonly Delivered[]): Promise<Email[]> {
  return Promise.all(letters.map(({ raw }) => PostalMime.parse(raw)));
}

const answerLetter = (subject: string, text: string, id = 'a1') =>
  `Message-ID: <${id}@towers.example>\nReferences: <root@orbita-svyaz.example>\nSubject: ${subject}\nContent-Type: text/plain; charset=utf-8\n\n${text}\n`;

describe('a scripted shift', () => {
  it('begins with a mailbox that has been filling for hours', async () => {
    const { shift, letters, clock } = await play();

    const ages = letters.map(({ receivedAt }) => (startAt - receivedAt) / minuteMs);
    const late = shift.delivered().filter(({ type }, index) => type === 'power-moscow' && ages[index]! > 240);
    expect(letters.length).toBeGreaterThanOrEqual(14);
    expect(ages).toEqual(ages.toSorted((one, other) => other - one));
    expect(Math.max(...ages)).toBeLessThan(270);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
    expect(late.length).toBeGreaterThanOrEqual(2);
    expect(clock.sleeping).toBe(1);
  });

  it('tells at least forty troubles in every shape, each a readable letter', async () => {
    const { shift, letters, clock } = await play();
    const { planned } = shift.state();

    await clock.advance(60 * minuteMs);

    const opening = shift.delivered().filter(({ opens }) => opens);
    const inbox = letters.filter(({ folder }) => folder === 'INBOX');
    const parsed = await parseAll(inbox);
    expect(new Set(opening.map(({ messageId }) => messageId)).size).toBeGreaterThanOrEqual(40);
    expect(new Set(shift.delivered().map(({ shape }) => shape))).toEqual(new Set(shapes));
    expect(shift.state()).toMatchObject({ planned: 0, sent: inbox.length });
    expect(planned).toBeGreaterThan(40);
    for (const email of parsed) {
      expect(email.subject).toBeTruthy();
      expect(email.from?.address).toMatch(/\.example$/);
      expect(Number.isNaN(Date.parse(email.date!))).toBe(false);
      expect([email.subject, email.text, email.html].join('\n')).not.toMatch(
        /\uFFFD|undefined|\{code\}|\?[а-яё]/i,
      );
    }
    expect(new Set(parsed.map(({ messageId }) => messageId)).size).toBe(parsed.length);
    expect(new Set(parsed.map(({ text, html }) => `${text}${html}`)).size).toBeGreaterThan(60);
  });

  it('has attachments that are what they say', async () => {
    const { clock, letters } = await play();
    await clock.advance(60 * minuteMs);

    const files = (await parseAll(letters)).flatMap(({ attachments }) => attachments);
    const startOf = (type: string) =>
      files
        .filter(({ mimeType }) => mimeType === type)
        .map(({ content }) =>
          Buffer.from(content as ArrayBuffer)
            .subarray(0, 4)
            .toString('latin1'),
        );

    expect(new Set(startOf('image/jpeg'))).toEqual(new Set(['\xff\xd8\xff\xe0']));
    expect(new Set(startOf('application/pdf'))).toEqual(new Set(['%PDF']));
    expect(new Set(startOf('image/png'))).toEqual(new Set(['\x89PNG']));
    expect(files.map(({ filename }) => filename)).toEqual(expect.arrayContaining(['акт.pdf', 'трасса.sor']));
    expect(files.some(({ contentId }) => contentId === '<image001.png@orbita>')).toBe(true);
  });

  it('resends the very same words under another Message-ID an hour later', async () => {
    const { shift, letters } = await play();
    const index = shift.delivered().findIndex(({ shape }) => shape === 'exact-resend');

    const inbox = letters.filter(({ folder }) => folder === 'INBOX');
    const [resent, ...others] = await parseAll([inbox[index]!, ...inbox.filter((_, at) => at !== index)]);
    const original = others.find(({ text }) => text === resent!.text);

    expect(original?.messageId).not.toBe(resent!.messageId);
    expect(Date.parse(resent!.date!) - Date.parse(original!.date!)).toBe(60 * minuteMs);
  });

  it('is the same shift for the same seed, whatever the speed, and another for another', async () => {
    const subjects = async (seed: number, speed: number) => {
      const { clock, letters, shift } = await play(seed, { speed });
      await clock.advance((60 * minuteMs) / speed);
      await shift.stop();
      return (await parseAll(letters)).map(({ subject, messageId }) => `${subject} ${messageId}`).toSorted();
    };

    const once = await subjects(7, 1);

    expect(await subjects(7, 20)).toEqual(once);
    expect(await subjects(8, 1)).not.toEqual(once);
  });

  it('follows the speed, stands still while paused, and bursts on demand', async () => {
    const { clock, shift } = await play();
    const { sent } = shift.state();

    shift.pause();
    await clock.advance(10 * minuteMs);
    expect(shift.state()).toMatchObject({ sent, paused: true });
    shift.burst(5);
    expect(shift.state().sent).toBeGreaterThanOrEqual(sent + 5);
    shift.resume();
    shift.setSpeed(50);
    await clock.advance(minuteMs);

    expect(shift.state()).toMatchObject({ planned: 0, speed: 50, paused: false });
    expect(() => shift.setSpeed(0)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });

  it('leaves no timer and no listener behind', async () => {
    const { clock, shift, listeners } = await play();

    await shift.stop();
    await shift.stop();

    expect(clock.sleeping).toBe(0);
    expect(listeners.size).toBe(0);
    expect(shift.health()).toEqual({ state: 'off' });
  });
});

describe('the people of the shift', () => {
  async function quiet(seed = 7) {
    const played = await play(seed);
    await played.clock.advance(60 * minuteMs);
    played.letters.splice(0);
    return played;
  }

  it('answer the desk from time to time with thanks, a question, a refusal, and another letter later', async () => {
    const texts: string[] = [];
    const heads: Email[] = [];
    for (let seed = 1; seed <= 12; seed += 1) {
      const { clock, letters, send, shift } = await quiet(seed);
      send('avarii@orbita-svyaz.example', answerLetter('PLT-1042: приняли', 'Взяли в работу.'));
      send(
        'melnikov@towers.example',
        answerLetter('PLT-1043: готово', 'Заявка закрыта, питание восстановлено.'),
      );
      await clock.advance(5 * minuteMs);
      heads.push(...(await parseAll(letters)));
      await shift.stop();
    }
    texts.push(...heads.map(({ text }) => text ?? ''));

    const says = (pattern: RegExp) => texts.some((text) => pattern.test(text));
    expect(says(/срок|прогноз|Когда/)).toBe(true);
    expect(says(/спасибо|Благодарим|питание есть/i)).toBe(true);
    expect(says(/не включилось|Не подтверждаем|Рано закрывать/)).toBe(true);
    expect(says(/Снова пропало|опять авария/)).toBe(true);
    expect(heads.some(({ subject, inReplyTo }) => /PLT-10/.test(subject!) && inReplyTo)).toBe(true);
    expect(heads.some(({ subject, inReplyTo }) => /^Re: (приняли|готово)$/.test(subject!) && inReplyTo)).toBe(
      true,
    );
    expect(heads.some(({ subject, inReplyTo }) => /plt[-–]10/i.test(subject!) && !inReplyTo)).toBe(true);
  });

  it('drive out: a contractor says when he will be there and sends a photo', async () => {
    const { clock, letters, send } = await quiet();

    send('disp@yugsetservis.example', answerLetter('PLT-1042: прошу выехать', 'Прошу выехать.'));
    await clock.advance(2 * minuteMs);

    const [accepted, report] = await parseAll(letters);
    expect(letters).toHaveLength(2);
    expect(accepted?.attachments).toEqual([]);
    expect(report?.text).toMatch(/Выехали, прибытие \d+:\d\d/);
    expect(report?.attachments.map(({ mimeType }) => mimeType)).toContain('image/jpeg');
  });

  it('come back as a bounce from a dead address, once from a vacation, never to a machine', async () => {
    const { clock, letters, send } = await quiet();

    send('nobody@volna-mobile.example', answerLetter('PLT-1042: приняли', 'Взяли.', 'dead'));
    send('lapina@towers.example', answerLetter('PLT-1042: приняли', 'Взяли.'));
    send('lapina@towers.example', answerLetter('PLT-1043: приняли', 'Взяли.'));
    send('disp@yugsetservis.example', `Auto-Submitted: auto-replied\n${answerLetter('Принято', 'Робот')}`);
    send('noc-robot@volna-mobile.example', answerLetter('PLT-1044: приняли', 'Взяли.'));
    await clock.advance(5 * minuteMs);

    const parsed = await parseAll(letters);
    expect(parsed).toHaveLength(2);
    const automatic = parsed.map(({ headers }) => headers.find(({ key }) => key === 'auto-submitted')?.value);
    expect(automatic).toEqual(['auto-replied', 'auto-replied']);
    const bounce = letters.find(({ raw }) => raw.includes('report-type=delivery-status'));
    expect(bounce?.raw.toString()).toContain('Message-ID: <dead@towers.example>');
    expect(bounce?.raw.toString()).toContain('Final-Recipient: rfc822; nobody@volna-mobile.example');
  });

  it('do not answer for ever', async () => {
    const { clock, letters, send } = await quiet();

    for (let round = 0; round < 20; round += 1) {
      send('disp@yugsetservis.example', answerLetter('PLT-1042: прошу выехать', 'Прошу.', `r${round}`));
      await clock.advance(2 * minuteMs);
    }

    expect(letters.length).toBeLessThanOrEqual(8);
  });

  it('play over real IMAP and SMTP', async () => {
    const clock = createFakeClock(startAt);
    const mail = await startEmbeddedMail({ account, clock });
    mails.push(mail);
    const shift = createShift({ mail, clock, random: createSeededRandom(7), log: silentLogger });
    running.push(shift);
    await shift.start(new AbortController().signal);
    const auth = { user: account.address, pass: account.password };
    const client = new ImapFlow({
      host: mail.host,
      port: mail.ports.imap,
      secure: false,
      doSTARTTLS: false,
      auth,
      logger: false,
    });
    client.on('error', () => {});
    await client.connect();
    await client.mailboxOpen('INBOX');

    const before = await client.fetchAll('1:*', { uid: true, source: true });
    const transport = nodemailer.createTransport({
      host: mail.host,
      port: mail.ports.smtp,
      ignoreTLS: true,
      auth,
    });
    await transport.sendMail({
      from: account.address,
      to: 'disp@yugsetservis.example',
      subject: 'PLT-1042: прошу выехать на объект, подробности в письме',
      text: 'Прошу выехать.',
      messageId: '<one@towers.example>',
    });
    await clock.advance(90_000);
    const after = await client.fetchAll(`${before.length + 1}:*`, { uid: true, source: true });
    const answers = (await Promise.all(after.map(({ source }) => PostalMime.parse(source!)))).filter(
      ({ from }) => from?.address === 'disp@yugsetservis.example',
    );
    client.close();

    expect(before.length).toBe(shift.delivered().filter((_, index) => index < before.length).length);
    expect(mail.count('Sent')).toBe(1);
    expect(answers.length).toBeGreaterThanOrEqual(2);
    expect(answers.some(({ references }) => references?.includes('<one@towers.example>'))).toBe(true);
  });
});
