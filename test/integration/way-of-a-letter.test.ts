import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/platform/clock.ts';
import {
  type EmbeddedMail,
  startEmbeddedMail,
  type Submission,
} from '../../src/core/training/embedded-mail.ts';
import type { IncidentRow, MessageView } from '../../src/shared/contract/incidents.ts';
import type { PultContract } from '../../src/shared/contract/index.ts';
import type { Client } from '../../src/shared/rpc/define.ts';
import { type Desk, provisionFor, startDesk } from '../support/desk.ts';
import { makeLetter } from '../support/make-letter.ts';

const anyOpen = { filter: {}, sort: { key: 'urgency', descending: false }, offset: 0, limit: 100 } as const;

describe('a letter on its way through the desk', () => {
  let mail: EmbeddedMail;
  let desk: Desk;
  let page: Client<PultContract>;
  const sent: Submission[] = [];

  beforeAll(async () => {
    mail = await startEmbeddedMail({
      account: { address: 'desk@towers.example', password: 'secret' },
      clock: systemClock,
    });
    mail.onSubmitted((submission) => void sent.push(submission));
    const server = { host: mail.host, imap: mail.ports.imap, smtp: mail.ports.smtp };
    desk = await startDesk({ provision: provisionFor(server) });
    page = await desk.page();
  });

  afterAll(async () => {
    await desk.stop();
    await mail.stop();
  });

  const rows = async (scope: 'open' | 'all' = 'open') =>
    (await page.incidents.queue({ ...anyOpen, filter: { scope } })).rows;
  const theRow = async (title: string): Promise<IncidentRow> => {
    const found = await expect
      .poll(async () => (await rows('all')).find((row) => row.title === title), { timeout: 15_000 })
      .toBeDefined()
      .then(() => rows('all'));
    const row = found.find((candidate) => candidate.title === title);
    if (!row) throw new Error(`No row ${title}`);
    return row;
  };
  const letters = async (id: number): Promise<MessageView[]> => {
    const { entries } = await page.incidents.timeline({ id });
    return entries.filter((entry) => entry.kind === 'message');
  };
  const deliver = (parts: Parameters<typeof makeLetter>[0]) => {
    mail.deliver(makeLetter({ date: Date.now(), ...parts }), Date.now());
  };

  test('opens an incident that waits visibly while nobody is on duty, and is given away with the first shift', async () => {
    deliver({
      from: 'noc@operator.example',
      subject: 'Отсутствует ВЭС KA0412',
      text: 'Нет питания',
      messageId: 'first@operator.example',
    });

    const waiting = await theRow('Отсутствует ВЭС KA0412');
    expect(waiting).toMatchObject({
      code: 'PLT-1001',
      assigneeId: null,
      unread: true,
      alarms: ['new'],
      messageCount: 1,
    });

    const [person] = (await page.people.list({})).people;
    const { assigned } = await page.people.startShift({ personId: person!.id });
    expect(assigned).toBe(1);
    expect((await theRow(waiting.title)).assigneeId).toBe(person!.id);
  });

  test('gets its deadline from the type, counted from the letter', async () => {
    const { types } = await page.reference.all({});
    const type = types.find(({ key }) => key === 'power-moscow')!;
    const row = await theRow('Отсутствует ВЭС KA0412');

    await page.incidents.setType({ id: row.id, expected: row.revision, typeId: type.id });

    const { row: after } = await page.incidents.card({ id: row.id });
    const { clocks } = await page.clocks.ofIncident({ incidentId: row.id });
    expect(clocks.find(({ kind }) => kind === 'sla')?.dueAt).toBe(row.registeredAt + 240 * 60_000);
    expect(after.clock).toMatchObject({ kind: 'reaction', dueAt: row.openedAt + 10 * 60_000 });
    expect(after.alarms).toEqual([]);
  });

  test('is answered with the code in the subject, and the answer to that joins', async () => {
    const row = await theRow('Отсутствует ВЭС KA0412');
    const { draft } = await page.drafts.begin({ incidentId: row.id, mode: 'reply', templateKey: 'accepted' });
    expect(draft.subject).toBe('Re: PLT-1001: Отсутствует ВЭС KA0412');
    expect(draft.recipients.to).toEqual([{ name: '', address: 'noc@operator.example' }]);

    await page.outbox.send({ draftId: draft.id });
    await expect.poll(() => sent.length, { timeout: 15_000 }).toBe(1);
    const raw = sent[0]!.raw.toString('latin1');
    expect(raw).toContain('In-Reply-To: <first@operator.example>');
    await expect
      .poll(async () => (await letters(row.id)).at(-1)?.outbox?.state, { timeout: 10_000 })
      .toBe('accepted');
    const { statuses } = await page.reference.all({});
    const status = (await theRow(row.title)).statusId;
    expect(statuses.find(({ id }) => id === status)?.key).toBe('operator-notified');

    const messageId = /Message-ID: <([^>]+)>/i.exec(raw)?.[1];
    deliver({ from: 'noc@operator.example', subject: 'Re: спасибо', text: 'Ждём', inReplyTo: messageId! });
    await expect.poll(async () => (await letters(row.id)).length, { timeout: 15_000 }).toBe(3);
    expect(
      (await letters(row.id)).filter(({ direction }) => direction === 'in').map(({ link }) => link.by),
    ).toEqual(['opened', 'references']);
  });

  test('alerts with the first letter after closing and reopens with the second', async () => {
    const row = await theRow('Отсутствует ВЭС KA0412');
    const { statuses } = await page.reference.all({});
    const idOf = (key: string) => statuses.find((status) => status.key === key)!.id;
    const step = async (key: string) => {
      const { row: now } = await page.incidents.card({ id: row.id });
      await page.incidents.setStatus({ id: row.id, expected: now.revision, statusId: idOf(key) });
    };
    await step('handed-over');
    await expect(step('closed')).rejects.toMatchObject({ code: 'conflict' });
    const { subtypes } = await page.reference.all({});
    const subtypeId = subtypes.find(({ typeIds }) => typeIds.includes(row.typeId ?? 0))!.id;
    const { row: now } = await page.incidents.card({ id: row.id });
    const closing = { id: row.id, expected: now.revision, statusId: idOf('closed'), subtypeId };
    await page.workflow.close(closing);
    expect((await theRow(row.title)).finishedAt).not.toBeNull();

    deliver({ from: 'noc@operator.example', subject: 'PLT-1001 спасибо', text: 'Спасибо!' });
    await expect.poll(async () => (await theRow(row.title)).lateLetters, { timeout: 15_000 }).toBe(1);
    expect((await theRow(row.title)).alarms).toContain('late-letter');

    deliver({ from: 'noc@operator.example', subject: 'Re: PLT-1001 спасибо', text: 'Опять не работает' });
    await expect.poll(async () => (await theRow(row.title)).finishedAt, { timeout: 15_000 }).toBeNull();
    expect((await theRow(row.title)).alarms).toContain('reopened');
  });

  test('is found by a word of its body, whatever ё or е was typed', async () => {
    deliver({ from: 'ivanov@shop.example', subject: 'Щит', text: 'Щит открыт, всё искрит и чёрное' });
    await theRow('Щит');

    const { hits } = await page.search.find({ text: 'черное' });
    expect(hits.map(({ title }) => title)).toEqual(['Щит']);
  });

  test('is set aside as no incident on a key, and comes back on another', async () => {
    const row = await theRow('Щит');
    const { undo } = await page.incidents.dismiss({ id: row.id, expected: row.revision });
    expect((await rows()).map(({ title }) => title)).not.toContain('Щит');

    await page.incidents.undo({ sequence: undo! });
    expect((await rows()).map(({ title }) => title)).toContain('Щит');
  });

  test('leaves a journal that verifies, and survives a restart', async () => {
    const before = await rows('all');
    desk = await desk.restart();
    page = await desk.page();

    expect(await rows('all')).toEqual(before);
    expect(await page.settings.verifyJournal({})).toMatchObject({ ok: true, firstBad: null });
  });
});
