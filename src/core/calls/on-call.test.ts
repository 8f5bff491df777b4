import { beforeEach, describe, expect, test } from 'vitest';
import { createTechnicianKit, type TechnicianKit } from '../../../test/support/technician-kit.ts';
import { addOverride, removeOverride, saveOnCallRules, swapDuty } from './on-call.ts';
import { listTechnicians, onCallView } from './technician-views.ts';

let kit: TechnicianKit;
let anton: number;
let boris: number;
beforeEach(() => {
  kit = createTechnicianKit();
  anton = kit.add('Антон');
  boris = kit.add('Борис');
});

/** By Moscow; the kit's day is 4 March 2026, a Wednesday. */
const moscow = (day: number, hour: number) => Date.UTC(2026, 2, day, hour - 3);
const day = { from: moscow(4, 0), to: moscow(6, 0) };
const duties = (contactId: number, span = day) =>
  onCallView(kit.parts, span)
    .windows.filter((window) => window.contactId === contactId)
    .map(({ from, to, source }) => [from, to, source]);
const reason = 'на больничном';

describe('the plan', () => {
  test('a night duty goes over midnight, and begins the day before the span', () => {
    kit.plan(anton, { startsMinute: 20 * 60, endsMinute: 8 * 60 });

    expect(duties(anton)).toEqual([
      [moscow(4, 0), moscow(4, 8), 'plan'],
      [moscow(4, 20), moscow(5, 8), 'plan'],
      [moscow(5, 20), moscow(6, 0), 'plan'],
    ]);
  });

  test('a zone this machine does not know is refused and nothing is changed', () => {
    kit.plan(anton, { startsMinute: 0, endsMinute: 0 });
    const rule = { weekdays: 1, startsMinute: 0, endsMinute: 0, zone: 'Europe/Atlantis' };

    expect(() => saveOnCallRules(kit.parts, anton, [rule], kit.anna)).toThrow(
      expect.objectContaining({ details: { reason: 'zone-unknown', zone: 'Europe/Atlantis' } }),
    );
    expect(duties(anton)).toHaveLength(2);
  });

  test('the directory tells until when somebody is on call and when the next one begins', () => {
    kit.plan(anton, { startsMinute: 8 * 60, endsMinute: 20 * 60 });
    kit.plan(boris, { startsMinute: 20 * 60, endsMinute: 8 * 60 });
    const calm = kit.add('Виктор');

    const { technicians } = listTechnicians(kit.parts);

    const of = (id: number) => technicians.find(({ contactId }) => contactId === id);
    expect(of(anton)).toMatchObject({ planned: true, onCall: true, onCallUntil: moscow(4, 20) });
    expect(of(boris)).toMatchObject({ planned: true, onCall: false, nextOnCallAt: moscow(4, 20) });
    expect(of(calm)).toMatchObject({ planned: false, onCall: false, nextOnCallAt: null });
  });

  test('day and night of one person are one duty, and one without an end in sight has none', () => {
    kit.db.transact((revision) =>
      kit.stores.onCall.setRules(
        anton,
        [
          { weekdays: 4, startsMinute: 8 * 60, endsMinute: 20 * 60, zone: 'Europe/Moscow' },
          { weekdays: 4, startsMinute: 20 * 60, endsMinute: 8 * 60, zone: 'Europe/Moscow' },
        ],
        revision,
      ),
    );
    kit.plan(boris, { startsMinute: 0, endsMinute: 0 });

    const [first, second] = listTechnicians(kit.parts).technicians;

    expect(first).toMatchObject({ onCall: true, onCallUntil: moscow(5, 8) });
    expect(second).toMatchObject({ onCall: true, onCallUntil: null });
  });
});

describe('an override', () => {
  test('takes a piece out of the plan, and a later one is stronger', () => {
    kit.plan(anton, { startsMinute: 8 * 60, endsMinute: 20 * 60 });
    const gone = { contactId: anton, onDuty: false, from: moscow(4, 10), to: moscow(5, 12), reason };
    addOverride(kit.parts, gone, kit.anna);
    const back = { contactId: anton, onDuty: true, from: moscow(4, 14), to: moscow(4, 16), reason };
    addOverride(kit.parts, back, kit.anna);

    expect(duties(anton)).toEqual([
      [moscow(4, 8), moscow(4, 10), 'plan'],
      [moscow(4, 14), moscow(4, 16), 'override'],
      [moscow(5, 12), moscow(5, 20), 'plan'],
    ]);
  });

  test('that ends before it begins, or lasts years, is a mistake', () => {
    const wrong = expect.objectContaining({ details: { reason: 'span-wrong' } });
    const base = { contactId: anton, onDuty: true, reason };
    const from = moscow(4, 10);

    expect(() => addOverride(kit.parts, { ...base, from, to: from }, kit.anna)).toThrow(wrong);
    expect(() => addOverride(kit.parts, { ...base, from, to: from + 400 * 86_400_000 }, kit.anna)).toThrow(
      wrong,
    );
  });
});

describe('a swap', () => {
  beforeEach(() => {
    kit.plan(anton, { startsMinute: 8 * 60, endsMinute: 20 * 60 });
    kit.plan(boris, { startsMinute: 20 * 60, endsMinute: 8 * 60 });
  });
  const swap = (part: object = {}) =>
    swapDuty(
      kit.parts,
      {
        contactId: anton,
        withId: boris,
        from: moscow(4, 0),
        to: moscow(5, 0),
        back: null,
        reason,
        ...part,
      },
      kit.anna,
    );

  test('gives away only the duty there is, beside what the other stands anyway', () => {
    swap();

    expect(duties(anton)).toEqual([[moscow(5, 8), moscow(5, 20), 'plan']]);
    expect(duties(boris)).toEqual([
      [moscow(4, 0), moscow(4, 8), 'plan'],
      [moscow(4, 8), moscow(4, 20), 'swap'],
      [moscow(4, 20), moscow(5, 8), 'plan'],
      [moscow(5, 20), moscow(6, 0), 'plan'],
    ]);
  });

  test('with a way back both stand for each other, and removing it undoes both halves', () => {
    const id = swap({ back: { from: moscow(5, 18), to: moscow(6, 0) } });
    expect(duties(anton)).toEqual([
      [moscow(5, 8), moscow(5, 20), 'plan'],
      [moscow(5, 20), moscow(6, 0), 'swap'],
    ]);

    removeOverride(kit.parts, id, kit.anna);

    expect(kit.stores.onCall.overridesBetween(0, Number.MAX_SAFE_INTEGER)).toEqual([]);
    expect(duties(anton)).toHaveLength(2);
  });

  test('of a duty that is not there, with oneself, or both ways at once is refused', () => {
    const because = (why: string) => expect.objectContaining({ details: { reason: why } });

    expect(() => swap({ from: moscow(4, 20), to: moscow(5, 8) })).toThrow(because('no-duty-then'));
    expect(() => swap({ withId: anton })).toThrow(because('swap-with-self'));
    expect(() => swap({ back: { from: moscow(4, 20), to: moscow(5, 8) } })).toThrow(because('span-wrong'));
    expect(kit.stores.onCall.overridesBetween(0, Number.MAX_SAFE_INTEGER)).toEqual([]);
  });

  test('taken over by a third, the third stands', () => {
    const viktor = kit.add('Виктор');
    swap();
    swap({ contactId: boris, withId: viktor, from: moscow(4, 8), to: moscow(4, 20) });

    expect(duties(viktor)).toEqual([[moscow(4, 8), moscow(4, 20), 'swap']]);
    expect(duties(boris)).not.toContainEqual([moscow(4, 8), moscow(4, 20), 'swap']);
  });
});
