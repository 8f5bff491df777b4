import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CallKit, createCallKit } from '../../../test/support/call-kit.ts';
import { bindAsset } from '../incidents/bind-assets.ts';
import { createIncidentDesk } from '../incidents/create-incident-desk.ts';
import { undo } from '../incidents/undo.ts';
import { createIntake } from '../intake/intake.ts';
import { beginDraft } from '../letters/begin-draft.ts';
import { createLetterOutcomes } from '../letters/letter-outcomes.ts';
import type { LetterParts } from '../letters/parts.ts';
import { sendLetter } from '../letters/send-letter.ts';
import { takeBack } from '../letters/take-back.ts';
import type { InboundMessage } from '../platform/inbound-message.ts';
import { silentLogger } from '../platform/logger.ts';
import { createTakeBackOther, type TakeBackParts } from '../undo/take-back-other.ts';

const minute = 60_000;
const crew = 'crew@contractor.example';
const phone = '+7 900 555-07-11';

let kit: CallKit;
let desk: LetterParts;
let accountId: number;
let incidentId: number;
let letters = 0;

/** As compose-mail.ts hands letters to intake and to whoever waits for an answer. */
function arrives(over: Partial<InboundMessage> = {}) {
  const incidents = createIncidentDesk(desk);
  const intake = createIntake({
    ...desk,
    log: silentLogger,
    desk: {
      ...incidents,
      letterJoined(letter) {
        incidents.letterJoined(letter);
        const source = desk.views.find(letter.messageId);
        if (source) desk.handOvers?.()?.answered(letter, source.text, source.from.address);
      },
    },
    onOwnLetterSeen: () => {},
    handedOver: (letter) => desk.handOvers?.()?.incidentOf(letter),
    onBounce: () => {},
    onNotice: () => undefined,
  });
  letters += 1;
  const letter: InboundMessage = {
    channel: 'mail',
    accountId,
    direction: 'in',
    externalId: `letter-${letters}@operator.example`,
    contentHash: `letter-${letters}`,
    inReplyTo: undefined,
    references: [],
    from: { name: 'Сменный инженер', address: 'noc@operator.example' },
    replyTo: [],
    to: [{ name: '', address: 'desk@towers.example' }],
    cc: [],
    bcc: [],
    subject: 'Нет питания 41208-P-52',
    text: 'Щит обесточен.',
    html: undefined,
    sentAt: kit.clock.now(),
    receivedAt: kit.clock.now(),
    listId: undefined,
    automatic: undefined,
    attachments: [],
    notes: [],
    ...over,
  };
  return intake.accept(letter, { mayOpen: true });
}

function addContractor(withPhone: string): void {
  const sql = (text: string, ...values: unknown[]) => kit.db.prepare<unknown[], void>(text).run(...values);
  kit.db.transact(() => {
    sql(
      `INSERT INTO contact (id, uuid, kind, name, email, phone, created_at, revision)
       VALUES (70, 'k', 'contractor', 'Энергоспас', ?, ?, 1, 1)`,
      crew,
      withPhone,
    );
    sql(
      `INSERT INTO asset (id, uuid, kind, external_id, code, contractor_id, emails, revision)
       VALUES (1, 'a', 'pole', 'p', '41208-P-52-1-1', 70, '[]', 1)`,
    );
    sql(
      `UPDATE incident SET type_id = ?, status_id = ? WHERE id = ?`,
      kit.typeId('power-moscow'),
      kit.statusId('operator-notified'),
      incidentId,
    );
    const category = kit.stores.reference.categories().find(({ key }) => key === 'emergency')!.id;
    kit.stores.incidents.setCategories(incidentId, [category]);
  });
  bindAsset(desk, { incidentId, assetId: 1 }, kit.me);
}

function draftId(): number {
  const templateKey = 'handover-emergency';
  return beginDraft(desk, { incidentId, mode: 'reply-all', sourceId: null, templateKey }, kit.me).id;
}

const handOver = () => sendLetter(desk, draftId(), false, kit.me);

function leave(outboxId: number): void {
  kit.db.transact((revision) => {
    const sent = { ...desk.outbox.require(outboxId), state: 'accepted', revision } as const;
    desk.outbox.save(sent);
    createLetterOutcomes(desk).accepted(sent, '250 ok', revision);
  });
}

const request = () => kit.calls.contractors(incidentId).at(-1)!;
const statusKey = () => desk.reference.status(desk.incidents.require(incidentId).statusId).key;

beforeEach(async () => {
  kit = await createCallKit();
  desk = { ...kit.desk, handOvers: () => kit.composed.handOvers };
  accountId = kit.addAccount();
  incidentId = arrives().incidentId!;
  kit.bind(kit.bot.routeId, { kind: 'contact', id: 70 }, 'Энергоспас');
});
afterEach(async () => {
  await kit.stop();
  kit.db.close();
});

describe('a hand-over letter', () => {
  test('asks for one word and a code, above what it quotes, and waits for nobody before it has left', () => {
    addContractor(phone);
    const { message, outboxId } = handOver();
    const { code, silentAt, state, name } = request();
    expect(message.text).toContain(`укажите код ${code}`);
    expect([state, silentAt, name]).toEqual(['waiting', null, 'Энергоспас']);
    leave(outboxId);
    expect(request().silentAt).toBe(kit.clock.now() + 60 * minute);
  });

  test('asks for nothing when the desk does not want it', () => {
    addContractor(phone);
    kit.calls.settings.save({ asksContractors: false }, kit.me);
    expect(handOver().message.text).not.toContain('Ответьте на это письмо');
    expect(kit.calls.contractors(incidentId)).toEqual([]);
  });

  test('taken back and sent again has one code and one request', () => {
    addContractor(phone);
    const { outboxId } = handOver();
    const { code } = request();
    const again = takeBack(desk, outboxId, kit.me);
    expect(request().state).toBe('withdrawn');
    const { message } = sendLetter(desk, again, false, kit.me);
    expect(message.text.split(code)).toHaveLength(2);
    expect(kit.calls.contractors(incidentId)).toMatchObject([{ code, state: 'waiting' }]);
  });
});

describe('a contractor acknowledges without any portal', () => {
  test('by a button: the state follows, the work ends and the incident waits for confirmation', async () => {
    addContractor(phone);
    leave(handOver().outboxId);
    await kit.clock.advance(1000);
    expect(kit.last(kit.bot, 'Энергоспас').title).toContain('подтвердите приём');
    expect(kit.press('Энергоспас', 'accepted')).toContain('принято, спасибо');
    expect(request().state).toBe('accepted');
    expect(statusKey()).toBe('handed-over');
    kit.press('Энергоспас', 'on-the-way');
    await kit.clock.advance(minute);
    expect(kit.press('Энергоспас', 'done')).toContain('работы выполнены');
    expect(request().state).toBe('done');
    expect(statusKey()).toBe('awaiting-confirmation');
    expect(desk.clocks.ofIncident(incidentId, 'emergency')?.endedAt).toBe(kit.clock.now());
    expect(kit.sounding()).toEqual(['call-answer']);
    await kit.clock.advance(120 * minute);
    expect(kit.sms.sent).toEqual([]);
  });

  test('by a word in an SMS', async () => {
    addContractor(phone);
    leave(handOver().outboxId);
    await kit.clock.advance(3 * minute);
    const { address, code } = kit.sms.sent.at(-1)!;
    kit.write(kit.sms, address, { text: `Принято ${code}` });
    expect(request().state).toBe('accepted');
  });

  test('by a letter in the thread, whatever it quotes', async () => {
    addContractor(phone);
    const { message, outboxId } = handOver();
    leave(outboxId);
    await kit.clock.advance(1000);
    const sent = kit.db
      .prepare<[number], string>('SELECT external_id FROM message WHERE id = ?')
      .pluck()
      .get(message.id)!;
    arrives({
      from: { name: 'Бригада', address: crew },
      subject: `Re: ${message.subject}`,
      inReplyTo: sent,
      references: [sent],
      text: `Принято.\n\n4 марта, Диспетчерская:\n> ${message.text.split('\n').join('\n> ')}`,
    });
    expect(request().state).toBe('accepted');
    await kit.clock.advance(10 * minute);
    expect(kit.sms.sent).toEqual([]);
  });

  test('by a letter of somebody else who names the code', () => {
    addContractor('');
    leave(handOver().outboxId);
    const { code } = desk.incidents.require(incidentId);
    arrives({
      from: { name: 'Мастер', address: 'master@home.example' },
      subject: `По заявке ${code}`,
      text: `Выполнено ${request().code}`,
    });
    expect(request().state).toBe('done');
  });

  test('by a letter of its own that names nothing but the code, which opens nothing', () => {
    addContractor('');
    leave(handOver().outboxId);
    const { code } = request();
    const told = arrives({ from: { name: 'Мастер', address: crew }, subject: code, text: `Выехали ${code}` });
    expect([told.incidentId, request().state]).toEqual([incidentId, 'on-the-way']);

    const passedOn = `Смотри ниже.\n\n-----Исходное сообщение-----\nОт: Диспетчерская\n> укажите код ${code}`;
    const stranger = { name: 'Сосед', address: 'stranger@home.example' };
    const other = arrives({ from: stranger, subject: 'Что это?', text: passedOn });
    expect(other.incidentId).not.toBe(incidentId);
    expect(request().state).toBe('on-the-way');
  });

  test('and nobody else does: not a program, not the applicant, not a letter that denies', () => {
    addContractor('');
    leave(handOver().outboxId);
    const { code } = desk.incidents.require(incidentId);
    const subject = `По заявке ${code}`;
    const from = { name: 'Бригада', address: crew };
    const evidence = 'Auto-Submitted';
    arrives({
      from,
      subject,
      text: 'Принято',
      automatic: { kind: 'auto-reply', evidence, bounce: undefined },
    });
    arrives({ subject, text: 'Принято' });
    arrives({ from, subject, text: 'Ещё не приняли: не принято' });
    const quoted = `> Если пишете отдельно, укажите код ${request().code}.`;
    arrives({ subject, text: `Принято, ждём бригаду.\n\n4 марта, Бригада:\n${quoted}` });
    expect(request().state).toBe('waiting');
  });

  test('refuses: the incident is the dispatcher’s again, and it sounds', async () => {
    addContractor(phone);
    leave(handOver().outboxId);
    await kit.clock.advance(1000);
    kit.press('Энергоспас', 'cannot');
    expect(request().state).toBe('declined');
    expect(statusKey()).toBe('in-progress');
    expect(kit.sounding()).toEqual(['declined']);
  });
});

describe('a contractor who says nothing', () => {
  test('refuses, and whoever is next on their ladder is not asked besides the dispatcher', async () => {
    addContractor(phone);
    const deputy = kit.addContact('Заместитель', { phone: '+7 900 555-70-99' });
    const steps = [{ channel: 'telegram', waitFor: 'acknowledged', waitSeconds: 600 }] as const;
    for (const urgency of ['urgent', 'critical'] as const) {
      kit.ladder(urgency, steps, { next: { kind: 'contact', id: deputy.id } });
    }
    leave(handOver().outboxId!);
    await kit.clock.advance(1000);

    kit.press('Энергоспас', 'cannot');

    expect(request().state).toBe('declined');
    expect(kit.db.prepare('SELECT count(*) AS n FROM notification').get()).toEqual({ n: 1 });
    expect(kit.sounding()).toEqual(['declined']);
  });

  test('sounds after the time of the settings, and once', async () => {
    addContractor('');
    leave(handOver().outboxId);
    await kit.clock.advance(61 * minute);
    expect(kit.sounding()).toEqual(['not-reached']);
    const told = desk.journal.ofSubject('incident', incidentId).map(({ kind }) => kind);
    await kit.clock.advance(120 * minute);
    expect(desk.journal.ofSubject('incident', incidentId)).toHaveLength(told.length);
    expect(told).toContain('incident.contractor-silent');
    expect(() =>
      kit.calls.remindContractor({ id: request().id, expected: request().revision }, kit.me),
    ).toThrow(expect.objectContaining({ reason: 'no-way-to-remind' }));
  });

  test('is reminded by what there is besides the letter', async () => {
    addContractor(phone);
    leave(handOver().outboxId);
    await kit.clock.advance(61 * minute);
    const before = kit.bot.sent.length;
    kit.calls.remindContractor({ id: request().id, expected: request().revision }, kit.me);
    await kit.clock.advance(1000);
    expect(kit.bot.sent).toHaveLength(before + 1);
    expect(request().silentAt).toBeGreaterThan(kit.clock.now());
  });

  test('of a closed incident bothers nobody', async () => {
    addContractor('');
    leave(handOver().outboxId);
    kit.db.transact(() => kit.db.prepare('UPDATE incident SET finished_at = 1 WHERE id = ?').run(incidentId));
    await kit.clock.advance(61 * minute);
    expect(kit.sounding()).toEqual([]);
  });
});

test('what a contractor said by telephone is put down by hand and taken back with all that followed', () => {
  addContractor('');
  leave(handOver().outboxId);
  const { id, revision } = request();
  const done = kit.calls.markContractor({ id, expected: revision, verb: 'done' }, kit.me);
  expect([request().state, statusKey()]).toEqual(['done', 'awaiting-confirmation']);
  const takeBackOther = createTakeBackOther({ calls: kit.composed.undo } as unknown as TakeBackParts);
  undo({ ...desk, moveLetterBack: () => {}, takeBackOther }, done, kit.me);
  expect([request().state, statusKey()]).toEqual(['waiting', 'handed-over']);
  expect(desk.clocks.ofIncident(incidentId, 'emergency')).toMatchObject({ endedAt: null });
});
