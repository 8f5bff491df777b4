import { beforeEach, describe, expect, test } from 'vitest';
import { type CoreKit, createCoreKit } from '../../../test/support/core-kit.ts';
import { toAppError } from '../../shared/errors.ts';
import { bindAsset } from '../incidents/bind-assets.ts';
import { createIncidentDesk } from '../incidents/create-incident-desk.ts';
import { openWorks } from '../incidents/works.ts';
import { createIntake } from '../intake/intake.ts';
import type { InboundMessage } from '../platform/inbound-message.ts';
import { silentLogger } from '../platform/logger.ts';
import { seedClocks } from '../settings/seed-clocks.ts';
import { beginDraft } from './begin-draft.ts';
import { createLetterOutcomes } from './letter-outcomes.ts';
import { aboutLetter } from './letter-ready.ts';
import { sendLetter } from './send-letter.ts';
import { takeBack } from './take-back.ts';

const own = 'desk@towers.example';
const crew = 'crew@contractor.example';
const repair = 'repair@south.example';
const operator = { name: 'Сменный инженер', address: 'noc@operator.example' };

let kit: CoreKit;
let person: number;
let accountId: number;
let incidentId: number;
let letters = 0;

function arrives(over: Partial<InboundMessage> = {}) {
  const intake = createIntake({
    ...kit.desk,
    log: silentLogger,
    desk: createIncidentDesk(kit.desk),
    onOwnLetterSeen: () => {},
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
    from: operator,
    replyTo: [],
    to: [
      { name: '', address: own },
      { name: '', address: 'bss@operator.example' },
    ],
    cc: [{ name: '', address: 'chief@operator.example' }],
    bcc: [],
    subject: 'Re[2]: Нет питания 41208-P-52',
    text: 'Щит обесточен.\n> Что случилось?\n',
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

beforeEach(() => {
  kit = createCoreKit();
  seedClocks({ db: kit.db, ...kit.stores });
  person = kit.addPerson('Орлова');
  accountId = kit.addAccount(own);
  incidentId = arrives().incidentId!;
});

const sql = (text: string, ...values: unknown[]) => kit.db.prepare<unknown[], void>(text).run(...values);

function addPole({ emails = [] as string[], contractorEmail = '', repairEmail = '' } = {}): number {
  return kit.db.transact(() => {
    sql(
      `INSERT INTO region (key, name, zone, repair_email, revision) VALUES ('south', 'Юг', 'Asia/Yekaterinburg', ?, 1)`,
      repairEmail,
    );
    sql(
      `INSERT INTO contact (uuid, kind, name, email, created_at, revision) VALUES ('k', 'contractor', 'Энергоспас', ?, 1, 1)`,
      contractorEmail,
    );
    sql(
      `INSERT INTO asset (uuid, kind, external_id, code, address, latitude, longitude, region_id, contractor_id, emails, revision)
       VALUES ('a', 'pole', 'p', '41208-P-52-1-1', 'дер. Сосновка', 56.88, 44.12, 1, 1, ?, 1)`,
      JSON.stringify(emails),
    );
    return 1;
  });
}

function bindPole(options?: Parameters<typeof addPole>[0]): void {
  const assetId = addPole(options);
  bindAsset(kit.desk, { incidentId, assetId }, person);
}

const change = (set: string) =>
  kit.db.transact(() => sql(`UPDATE incident SET ${set} WHERE id = ?`, incidentId));
const categoryId = (key: string) => kit.stores.reference.categories().find((row) => row.key === key)!.id;
function classify(...categories: string[]): void {
  change(`type_id = ${kit.typeId('power-moscow')}, status_id = ${kit.statusId('operator-notified')}`);
  kit.db.transact(() => kit.stores.incidents.setCategories(incidentId, categories.map(categoryId)));
}
const begin = (templateKey: string) =>
  beginDraft(kit.desk, { incidentId, mode: 'reply-all', sourceId: null, templateKey }, person);
const send = (templateKey: string) => sendLetter(kit.desk, begin(templateKey).id, true, person);
const accept = (outboxId: number) =>
  kit.db.transact((revision) => {
    const record = { ...kit.stores.outbox.require(outboxId), state: 'accepted', revision } as const;
    kit.stores.outbox.save(record);
    createLetterOutcomes(kit.desk).accepted(record, '250', revision);
  });
const status = () => kit.desk.reference.status(kit.desk.incidents.require(incidentId).statusId).key;
const about = (key: string) => aboutLetter(kit.desk, incidentId, key);
const working = () => openWorks(kit.desk, incidentId).map(({ kind }) => kind);
const to = (draft: { recipients: { to: readonly { address: string }[] } }) =>
  draft.recipients.to.map(({ address }) => address);
const reasonOf = (run: () => unknown) => {
  try {
    run();
  } catch (thrown) {
    return toAppError(thrown).reason;
  }
  return 'none';
};

describe('the letter "accepted"', () => {
  test('answers the first letter, to its writer and everybody it went to, whatever came since', () => {
    arrives({
      from: { name: '', address: 'guard@site.example' },
      subject: 'PLT-1001',
      to: [{ name: '', address: own }],
      cc: [],
    });

    const draft = begin('accepted');

    expect(to(draft)).toEqual([operator.address, 'bss@operator.example']);
    expect(draft.recipients.cc.map(({ address }) => address)).toEqual(['chief@operator.example']);
    expect(draft.mode).toBe('reply-all');
    expect(draft.subject).toBe('Re: PLT-1001: Нет питания 41208-P-52');
    expect(draft.body).toContain('> Щит обесточен.\n>> Что случилось?');
    expect(about('accepted').origins.map(({ from }) => from)).toEqual(Array(3).fill('first-letter'));
  });

  test('tells times in the zone of the place, with its name', () => {
    bindPole();

    expect(begin('accepted').body).toContain('Зарегистрирована: 04.03.2026, 10:30 (Екатеринбург, UTC+5)');
  });
});

describe('handing over to the emergency contractor', () => {
  test('goes to the addresses of the asset in a thread of its own, with the first letter quoted', () => {
    bindPole({ emails: [crew], contractorEmail: 'office@contractor.example' });
    classify('emergency');

    const draft = begin('handover-emergency');

    expect([draft.mode, draft.sourceId, to(draft)]).toEqual(['new', null, [crew]]);
    expect(draft.subject).toBe('PLT-1001: Нет питания 41208-P-52');
    expect(draft.body).toContain('Координаты: 56.88, 44.12');
    expect(draft.body).toContain('> Щит обесточен.');
    expect(about('handover-emergency').origins).toEqual([
      { address: crew, from: 'asset', of: '41208-P-52-1-1' },
    ]);
  });

  test("goes to the contractor's own addresses when the asset has none, and to the desk's default when nobody has", () => {
    bindPole({ contractorEmail: 'office@contractor.example' });
    expect(to(begin('handover-emergency'))).toEqual(['office@contractor.example']);

    kit.db.transact(() => sql("UPDATE contact SET email = ''"));
    expect(about('handover-emergency').missing).toMatchObject({ what: 'contractor-email', contactId: 1 });

    kit.letterSettings.contractorEmails.push('duty@default.example');
    expect(to(begin('handover-emergency'))).toEqual(['duty@default.example']);
    expect(about('handover-emergency').origins[0]?.from).toBe('default');
  });

  test('does not leave before the asset, the category and a type with a deadline are known', () => {
    expect(about('handover-emergency').unmet).toEqual(['asset', 'category', 'type-sla']);
    bindPole({ emails: [crew] });
    const draft = begin('handover-emergency');
    expect(reasonOf(() => sendLetter(kit.desk, draft.id, true, person))).toBe('letter-not-ready');

    classify('emergency');

    expect(about('handover-emergency')).toMatchObject({ unmet: [], statusStays: false, missing: null });
    expect(reasonOf(() => sendLetter(kit.desk, draft.id, true, person))).toBe('none');
  });

  test('begins the emergency work with the press, counted from the registration, and moves the status', () => {
    bindPole({ emails: [crew] });
    classify('emergency');

    const { outboxId } = send('handover-emergency');

    expect([status(), working()]).toEqual(['handing-over', ['emergency']]);
    const registeredAt = kit.desk.incidents.require(incidentId).registeredAt;
    expect(kit.desk.clocks.ofIncident(incidentId, 'emergency')?.startedAt).toBe(registeredAt);
    accept(outboxId);
    expect(status()).toBe('handed-over');
  });

  test('taken back takes the begun work back too', () => {
    bindPole({ emails: [crew] });
    classify('emergency');
    const { outboxId } = send('handover-emergency');

    takeBack(kit.desk, outboxId, person);

    expect([status(), working()]).toEqual(['operator-notified', []]);
    // The history does not end with work that nobody does.
    const told = kit.desk.journal.ofSubject('incident', incidentId).map(({ kind }) => kind);
    expect(told.lastIndexOf('incident.work-corrected')).toBeGreaterThan(
      told.lastIndexOf('incident.work-begun'),
    );
  });

  test("is answered in the contractor's own conversation, with its headers or with the code alone", () => {
    bindPole({ emails: [crew] });
    classify('emergency');
    const { message } = send('handover-emergency');
    expect(message.party).toBe('emergency');
    const externalId = kit.stores.views.replySource(message.id)!.externalId!;

    const from = { name: 'Бригада', address: crew };
    const threaded = arrives({ from, inReplyTo: externalId, subject: 'Re: выехали' });
    const coded = arrives({ from, subject: 'По заявке PLT-1001' });

    const conversations = [threaded, coded].map(({ messageId }) => kit.stores.views.find(messageId)!);
    expect(conversations.map(({ conversationId, party }) => [conversationId, party])).toEqual(
      Array(2).fill([message.conversationId, 'emergency']),
    );
    expect([threaded.incidentId, coded.incidentId]).toEqual([incidentId, incidentId]);
  });

  test('written to again goes on in the same thread', () => {
    bindPole({ emails: [crew] });
    classify('emergency');
    const { message } = send('handover-emergency');

    const again = begin('handover-emergency');

    expect([again.mode, again.sourceId]).toEqual(['reply-all', message.id]);
    expect(again.subject.startsWith('Re: PLT-1001: ')).toBe(true);
  });
});

describe('handing over to repair', () => {
  test('goes to the address of the region, and says where it is entered when there is none', () => {
    bindPole();
    expect(about('handover-repair').missing).toMatchObject({ what: 'region-email', name: 'Юг' });

    kit.db.transact(() => sql('UPDATE region SET repair_email = ?', repair));

    expect(to(begin('handover-repair'))).toEqual([repair]);
  });

  test('counts repair from the press', async () => {
    bindPole({ repairEmail: repair });
    classify('repair');
    const priority = kit.stores.reference.repairPriorities()[0];
    if (!priority)
      kit.db.transact(() =>
        sql(
          `INSERT INTO repair_priority (id, key, name, name_en, target_minutes, position, revision) VALUES (1, 'r', 'Р', 'R', 60, 0, 1)`,
        ),
      );
    change(`repair_priority_id = ${priority?.id ?? 1}`);
    await kit.clock.advance(60_000);

    send('handover-repair');

    expect(kit.desk.clocks.ofIncident(incidentId, 'repair')?.startedAt).toBe(kit.clock.now());
  });
});

describe('closing', () => {
  function handOver(): void {
    bindPole({ emails: [crew], repairEmail: repair });
    classify('emergency', 'repair');
    change('repair_priority_id = 1');
    accept(send('handover-emergency').outboxId);
    accept(send('handover-repair').outboxId);
  }

  test('tells the applicant, ends the works with the press and arms the closing by silence once it has left', () => {
    handOver();
    const draft = begin('closed');
    expect(to(draft)).toEqual([operator.address, 'bss@operator.example']);

    const { outboxId } = sendLetter(kit.desk, draft.id, true, person);
    expect([status(), working()]).toEqual(['notifying-closure', []]);
    expect(kit.desk.incidents.require(incidentId).autoCloseAt).toBeNull();
    accept(outboxId);

    expect(status()).toBe('closure-notified');
    expect(kit.desk.incidents.require(incidentId).autoCloseAt).not.toBeNull();
  });

  test('taken back lets the works run on', () => {
    handOver();

    takeBack(kit.desk, send('closed').outboxId, person);

    expect([status(), working()]).toEqual(['handed-over', ['emergency', 'repair']]);
  });

  test('tells everybody who was engaged, each in the own thread and unseen by the other', () => {
    handOver();
    const draft = begin('closed-contractors');
    expect(to(draft)).toEqual([crew, repair]);

    sendLetter(kit.desk, draft.id, true, person);

    const sent = kit.stores.views
      .timeline(incidentId, null, 20)
      .filter(({ direction }) => direction === 'out')
      .slice(-2);
    expect(sent.map((one) => [one.party, one.to.map(({ address }) => address)])).toEqual([
      ['emergency', [crew]],
      ['repair', [repair]],
    ]);
    expect(new Set(sent.map(({ conversationId }) => conversationId)).size).toBe(2);
    expect(sent.some(({ text }) => text.includes('>'))).toBe(false);
  });

  test('only repair was engaged, and repair is told', () => {
    bindPole({ repairEmail: repair });
    classify('repair');
    change('repair_priority_id = 1');
    send('handover-repair');

    expect(to(begin('closed-contractors'))).toEqual([repair]);
  });

  test('to contractors is taken back as the one draft it was', () => {
    handOver();
    const { outboxId } = send('closed-contractors');

    const draftId = takeBack(kit.desk, outboxId, person);

    expect(to(kit.stores.drafts.require(draftId, person))).toEqual([crew, repair]);
    expect(kit.stores.outbox.rows(false).filter(({ state }) => state === 'queued')).toEqual([]);
  });

  test('says that nobody was engaged', () => {
    expect(about('closed-contractors').missing?.what).toBe('engaged');
  });
});
