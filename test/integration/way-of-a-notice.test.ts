import PostalMime, { type Email } from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/platform/clock.ts';
import { bounceHead, bounceReport } from '../../src/core/training/bounce.ts';
import { type EmbeddedMail, startEmbeddedMail } from '../../src/core/training/embedded-mail.ts';
import { composeLetter } from '../../src/core/training/mime.ts';
import { createSeededRandom } from '../../src/core/training/seeded-random.ts';
import type { PultContract } from '../../src/shared/contract/index.ts';
import type { Client } from '../../src/shared/rpc/define.ts';
import { type Desk, provisionFor, startDesk } from '../support/desk.ts';
import { makeLetter } from '../support/make-letter.ts';

const soon = { timeout: 20_000 };
const everything = {
  filter: {},
  sort: { key: 'urgency', descending: false },
  offset: 0,
  limit: 100,
} as const;

describe('a notice by letter on its way through the whole desk', () => {
  let mail: EmbeddedMail;
  let desk: Desk;
  let page: Client<PultContract>;
  const sent: { readonly to: string; readonly letter: Email }[] = [];

  beforeAll(async () => {
    mail = await startEmbeddedMail({
      account: { address: 'desk@towers.example', password: 'secret' },
      clock: systemClock,
    });
    mail.onSubmitted(({ recipients, raw }) => {
      void PostalMime.parse(raw).then((letter) => sent.push({ to: recipients[0] ?? '', letter }));
    });
    const server = { host: mail.host, imap: mail.ports.imap, smtp: mail.ports.smtp };
    desk = await startDesk({ provision: provisionFor(server) });
    page = await desk.page();
    await setUpRoute();
  });

  afterAll(async () => {
    await desk.stop();
    await mail.stop();
  });

  async function setUpRoute(): Promise<void> {
    const [account] = (await page.accounts.list({})).accounts;
    const blank = { secrets: {}, proxy: '', timeoutMs: 15_000, perMinute: 600, price: 0, dailyLimit: null };
    const { id } = await page.routes.save({
      ...blank,
      id: null,
      kind: 'email',
      name: 'Почта',
      settings: { account: String(account!.id) },
    });
    await page.routes.setEnabled({ id, enabled: true });
  }
  const addTechnician = async (name: string, email: string) => {
    const blank = { kind: 'technician', organisation: '', phone: '', note: '', active: true } as const;
    const { id } = await page.directory.save({ ...blank, name, email });
    const owner = { kind: 'contact', id } as const;
    const step = {
      channel: 'email',
      address: '',
      waitFor: 'acknowledged',
      waitSeconds: 600,
      retries: 0,
    } as const;
    const ladder = {
      urgency: 'urgent',
      steps: [step],
      repeatMinutes: null,
      mostRounds: 1,
      next: null,
    } as const;
    await page.ladders.save({ owner, ladder: { ...ladder, steps: [step] } });
    return owner;
  };
  const notify = async (to: Awaited<ReturnType<typeof addTechnician>>, email: string) => {
    const words = { title: 'PLT-1001', text: 'Мачта без питания' };
    const { ids } = await page.notifications.compose({ to: [to], urgency: 'urgent', ...words });
    await expect.poll(() => sent.find((one) => one.to === email), soon).toBeDefined();
    const { letter } = sent.find((one) => one.to === email)!;
    return { id: ids[0]!, letter, messageId: (letter.messageId ?? '').replaceAll(/[<>]/g, '') };
  };
  const climb = (id: number) => page.notifications.climb({ id });
  const state = async (id: number) => (await climb(id)).row.state;
  const incidents = async () =>
    (await page.incidents.queue({ ...everything, filter: { scope: 'all' } })).rows.length;

  test('a reply acknowledges it, is kept with it, and opens no incident', async () => {
    const email = 'sedov@crew.example';
    const { id, letter, messageId } = await notify(await addTechnician('Седов', email), email);
    const quote = (letter.text ?? '').replaceAll(/^/gm, '> ');

    const reply = { from: email, subject: `Re: ${letter.subject}`, inReplyTo: messageId, date: Date.now() };
    mail.deliver(makeLetter({ ...reply, text: `Принял, выезжаю\n\n${quote}` }), Date.now());

    await expect.poll(() => state(id), soon).toBe('acknowledged');
    const { row, answers, steps } = await climb(id);
    expect(row.acknowledgedBy).toBe('email');
    expect(steps[0]).toMatchObject({ state: 'acknowledged', address: email });
    expect(answers).toEqual([
      expect.objectContaining({ channel: 'email', verb: 'on-the-way', text: 'Принял, выезжаю' }),
    ]);
    expect(await incidents()).toBe(0);
  });

  test('a code word from another mailbox acknowledges it too', async () => {
    const email = 'lukin@crew.example';
    const { id } = await notify(await addTechnician('Лукин', email), email);
    const { code } = await climb(id);

    const letter = {
      from: 'lukin.private@mail.example',
      subject: '',
      text: `принял ${code}`,
      date: Date.now(),
    };
    mail.deliver(makeLetter(letter), Date.now());

    await expect.poll(() => state(id), soon).toBe('acknowledged');
    expect(await incidents()).toBe(0);
  });

  test('a bounce makes its step failed in the words of the server, and nobody is taken for reached', async () => {
    const email = 'gone@crew.example';
    const to = await addTechnician('Уволенный', email);
    const { id, letter, messageId } = await notify(to, email);
    const subject = letter.subject ?? '';
    const head = bounceHead(createSeededRandom(2), { name: '', address: 'desk@towers.example' }, subject);

    mail.deliver(
      composeLetter(head, bounceReport({ recipient: email, messageId, subject }), Date.now()),
      Date.now(),
    );

    await expect.poll(() => state(id), soon).toBe('not-reached');
    const { steps } = await climb(id);
    expect(steps[0]).toMatchObject({ state: 'failed' });
    expect(steps[0]?.providerStatus).toContain('5.1.1');
    const { addresses } = await page.ladders.of({ owner: to });
    expect(addresses[0]).toMatchObject({ value: email, deadAt: expect.any(Number) as number });
    expect(await incidents()).toBe(0);
  });

  test('an automatic reply leaves it waiting', async () => {
    const email = 'away@crew.example';
    const { id, letter, messageId } = await notify(await addTechnician('В отпуске', email), email);
    const before = mail.count('INBOX');

    const reply = { from: email, subject: `Автоответ: ${letter.subject}`, inReplyTo: messageId };
    const headers = { 'Auto-Submitted': 'auto-replied' };
    mail.deliver(
      makeLetter({ ...reply, headers, text: 'Принято! Я в отпуске', date: Date.now() }),
      Date.now(),
    );
    mail.deliver(
      makeLetter({ from: 'noc@operator.example', subject: 'Настоящее', date: Date.now() }),
      Date.now(),
    );

    await expect.poll(incidents, soon).toBe(1);
    expect(mail.count('INBOX')).toBe(before + 2);
    expect(await state(id)).toBe('climbing');
    expect((await climb(id)).answers).toEqual([]);
  });
});
