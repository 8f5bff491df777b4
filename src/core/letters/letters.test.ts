import { beforeEach, describe, expect, test } from 'vitest';
import { type CoreKit, createCoreKit } from '../../../test/support/core-kit.ts';
import { toAppError } from '../../shared/errors.ts';
import { armAutoClosing } from '../incidents/auto-close.ts';
import { moveToStatus, setStatus } from '../incidents/change-incident.ts';
import { undo } from '../incidents/undo.ts';
import { beginDraft } from './begin-draft.ts';
import { createLetterOutcomes, letterBounced, sendAgain } from './letter-outcomes.ts';
import { letterSubject } from './letter-subject.ts';
import { renderTemplate } from './render-template.ts';
import { sendLetter } from './send-letter.ts';
import { takeBack } from './take-back.ts';

let kit: CoreKit;
let person: number;
let incidentId: number;

beforeEach(() => {
  kit = createCoreKit();
  person = kit.addPerson('Орлова');
  kit.addAccount();
  const call = { title: 'Нет питания', description: '', applicantName: 'Ким', applicantPhone: '', asset: '' };
  incidentId = kit.open(
    { ...call, applicantAddress: 'noc@operator.example', typeId: null, assigneeId: null },
    person,
  );
});

const draft = (templateKey: string | null = null, by = person) =>
  beginDraft(kit.desk, { incidentId, mode: 'new', sourceId: null, templateKey }, by);
const send = (templateKey: string | null = null, by = person, force = false) =>
  sendLetter(kit.desk, draft(templateKey, by).id, force, by).outboxId;
const status = () => kit.desk.reference.status(kit.desk.incidents.require(incidentId).statusId).key;
const outcomes = () => createLetterOutcomes(kit.desk);
const become = (outboxId: number, state: 'accepted' | 'failed' | 'unknown') =>
  kit.db.transact((revision) => {
    const record = { ...kit.stores.outbox.require(outboxId), state, revision } as const;
    kit.stores.outbox.save(record);
    if (state === 'accepted') outcomes().accepted(record, '250', revision);
    else if (state === 'failed') outcomes().failed(record, 'recipient-refused', '550', revision);
    else outcomes().unknown(record, revision);
  });
const bounce = (outboxId: number, code = '5.1.1') =>
  letterBounced(kit.desk, kit.stores.outbox.require(outboxId).messageId, {
    recipients: ['noc@operator.example'],
    status: code,
    diagnostic: undefined,
    originalMessageId: undefined,
  });
const reasonOf = (run: () => unknown) => {
  try {
    run();
  } catch (thrown) {
    return toAppError(thrown).reason;
  }
  return 'none';
};

describe('a letter taken back', () => {
  test('has not ended the clock that its status had ended, and what was decided before it can be taken back', () => {
    const expected = kit.db.revision();
    const { undo: before } = setStatus(
      kit.desk,
      { id: incidentId, expected, statusId: kit.statusId('in-progress') },
      person,
    );
    const running = () =>
      kit.desk.clocks.all(incidentId).flatMap(({ kind, endedAt }) => (endedAt === null ? [kind] : []));
    const wanted = running();
    kit.clock.jump(1000);
    const rule = kit.desk.clockRules.require('reaction');
    const statusId = kit.statusId('notifying-operator');
    kit.db.transact((revision) =>
      kit.desk.clockRules.save({ ...rule, endStatusIds: [...rule.endStatusIds, statusId] }, revision),
    );
    const id = send('accepted');
    expect(running()).not.toEqual(wanted);
    kit.clock.jump(1000);

    takeBack(kit.desk, id, person);

    expect([status(), running()]).toEqual(['in-progress', wanted]);
    undo({ ...kit.desk, moveLetterBack: () => {} }, before ?? 0, person);
    expect(status()).toBe('new');
  });
});

describe('silence promised by a letter', () => {
  /** Closure was told before, and told again: the status stays. */
  const armedBy = (messageId: number) =>
    kit.db.transact((revision) => {
      const incident = kit.desk.incidents.require(incidentId);
      const statusId = kit.statusId('closure-notified');
      moveToStatus(kit.desk, incident, { statusId, why: 'letter-sent', actor: null }, revision);
      const told = kit.desk.incidents.require(incidentId);
      armAutoClosing(kit.desk, told, { by: 'letter', actor: null, messageId }, revision);
    });
  const closesAt = () => kit.desk.incidents.require(incidentId).autoCloseAt;

  test('closes nothing when the letter came back', () => {
    const id = send();
    become(id, 'accepted');
    armedBy(kit.stores.outbox.require(id).messageId);

    bounce(id);

    expect(closesAt()).toBeNull();
    expect(kit.desk.journal.ofSubject('incident', incidentId).map(({ kind }) => kind)).toContain(
      'incident.auto-close-cancelled',
    );
  });

  test('stands when another letter came back', () => {
    const id = send();
    become(id, 'accepted');
    armedBy(0);

    bounce(id);

    expect(closesAt()).not.toBeNull();
  });
});

describe('the letter "accepted"', () => {
  test('shows that the operator is being told, and that he has been', () => {
    const id = send('accepted');
    expect(status()).toBe('notifying-operator');

    become(id, 'accepted');

    expect(status()).toBe('operator-notified');
  });

  test.each(['accepted', 'unknown'] as const)('%s and then returned shows an error', (state) => {
    const id = send('accepted');
    become(id, state);

    bounce(id);

    expect([status(), kit.stores.outbox.require(id).state]).toEqual(['error', 'failed']);
  });

  test('failed and sent again is on its way once more, and a late return of the first does not stop it', () => {
    const id = send('accepted');
    become(id, 'failed');
    expect(status()).toBe('error');

    sendAgain(kit.desk, id, person);
    bounce(id);

    expect([status(), kit.stores.outbox.require(id).state]).toEqual(['notifying-operator', 'queued']);
  });

  test('taken back puts the status back and gives the draft with its words', () => {
    const before = status();
    const id = send('accepted');

    const draftId = takeBack(kit.desk, id, person);

    expect([status(), kit.stores.outbox.require(id).state]).toEqual([before, 'cancelled']);
    expect(kit.stores.drafts.require(draftId, person)).toMatchObject({ templateKey: 'accepted', incidentId });
    expect(kit.stores.views.timeline(incidentId, null, 10)).toEqual([]);
  });

  test('does not overrule what a person decided while it was on its way', () => {
    const id = send('accepted');
    const expected = kit.db.revision();
    setStatus(kit.desk, { id: incidentId, expected, statusId: kit.statusId('error') }, person);

    become(id, 'accepted');

    expect(status()).toBe('error');
  });

  test('that is only delayed is not failed', () => {
    const id = send('accepted');
    become(id, 'accepted');

    bounce(id, '4.4.1');

    expect(status()).toBe('operator-notified');
  });
});

describe('sending', () => {
  test('is refused without a recipient or an account, and the draft stays', () => {
    const { id } = draft();
    const stored = kit.stores.drafts.require(id, person);
    const change = (more: object) =>
      kit.db.transact((revision) => kit.stores.drafts.save({ ...stored, ...more }, revision));
    const sending = () => sendLetter(kit.desk, id, false, person);

    change({ recipients: { to: [], cc: [], bcc: [] } });
    expect(reasonOf(sending)).toBe('no-recipient');
    change({ accountId: null });
    expect(reasonOf(sending)).toBe('no-account');
    expect(kit.stores.drafts.ofPerson(person).length).toBe(1);
  });

  test('asks first when a colleague answered within the last minute', async () => {
    const colleague = kit.addPerson('Ким');
    send(null, colleague);
    await kit.clock.advance(59_000);
    expect(reasonOf(() => send())).toBe('colleague-answered');
    expect(reasonOf(() => send(null, person, true))).toBe('none');

    send(null, colleague, true);
    await kit.clock.advance(60_001);
    expect(reasonOf(() => send())).toBe('none');
  });

  test('from two pages at once sends one letter', () => {
    const { id } = draft();
    sendLetter(kit.desk, id, false, person);

    expect(reasonOf(() => sendLetter(kit.desk, id, false, person))).toBe('draft');
    expect(kit.stores.outbox.counts().waiting).toBe(1);
  });

  test("cannot be done with somebody else's draft", () => {
    const { id } = draft();

    expect(reasonOf(() => sendLetter(kit.desk, id, false, kit.addPerson('Ким')))).toBe('draft');
  });

  test('cannot be taken back once it is leaving', () => {
    const id = send();
    become(id, 'accepted');

    expect(reasonOf(() => takeBack(kit.desk, id, person))).toBe('already-leaving');
  });
});

test.each([
  ['reply', 'Re: RE: Ответ: Нет питания', 'Re: PLT-1042: Нет питания'],
  ['reply', 'Re: PLT-1042: Нет питания', 'Re: PLT-1042: Нет питания'],
  ['forward', 'Fwd: Нет питания', 'Fwd: PLT-1042: Нет питания'],
  ['new', 'Нет питания', 'PLT-1042: Нет питания'],
] as const)('the subject of a %s to "%s" is "%s"', (mode, subject, expected) => {
  expect(letterSubject(mode, 'PLT-1042', subject, ['PLT'])).toBe(expected);
});

const pole = { kind: 'pole', code: '41208-P-52-1-1' } as const;
test.each([
  ['PLT-7: FWD: Re[2]: Нет питания', 'PLT-1042: Нет питания (опора 41208-P-52-1-1)'],
  ['Re- 2: PLT-7: FWD:Заявка контрагента', 'PLT-1042: Заявка контрагента (опора 41208-P-52-1-1)'],
  ['Отв: Нет питания, Пересл(3): Отв: KRS-9', 'PLT-1042: Нет питания (опора 41208-P-52-1-1)'],
  ['Нет питания 41208-Р-52', 'PLT-1042: Нет питания 41208-Р-52'],
  ['Нет питания 41208-P-52…', 'PLT-1042: Нет питания 41208-P-52…'],
  ['Нет питания (опора 41208‑P‑52‑1‑1)', 'PLT-1042: Нет питания (опора 41208‑P‑52‑1‑1)'],
  ['Нет питания 4120', 'PLT-1042: Нет питания 4120 (опора 41208-P-52-1-1)'],
  ['Прогресс: нет питания', 'PLT-1042: Прогресс: нет питания (опора 41208-P-52-1-1)'],
])('the subject "%s" has each code once and names the pole once: "%s"', (subject, expected) => {
  expect(letterSubject('new', 'PLT-1042', subject, ['PLT', 'KRS'], pole)).toBe(expected);
});

test('a subject that is too long is cut, and neither code nor pole with it', () => {
  const subject = letterSubject('reply', 'PLT-1042', 'Щит '.repeat(300), ['PLT'], pole);

  expect(subject.length).toBeLessThanOrEqual(500);
  expect(subject).toMatch(/^Re: PLT-1042: Щит .* \(опора 41208-P-52-1-1\)$/u);
});

test('a template leaves out the lines it has nothing to say in, and shows a name it does not know', () => {
  const facts = {
    code: 'PLT-1',
    title: 'Щит {{asset}}',
    registeredAt: '',
    type: '',
    asset: '',
    dueAt: '',
    applicant: '',
    dispatcher: '',
  };

  expect(renderTemplate('№ {{code}}\nОбъект: {{asset}}\n\n{{wrong}} {{constructor}}', facts)).toBe(
    '№ PLT-1\n\n{{wrong}} {{constructor}}',
  );
  expect(renderTemplate('{{title}}', facts)).toBe('Щит {{asset}}');
});
