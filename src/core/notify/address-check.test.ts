import { beforeEach, expect, test } from 'vitest';
import { createReachKit, type ReachKit } from '../../../test/support/reach-kit.ts';
import type { Party } from '../../shared/domain/reaching.ts';
import { addressStateOf, confirmCode, sendCode, setAddressDead } from './address-check.ts';
import { saveRoute, setRouteEnabled } from './route-desk.ts';

let kit: ReachKit;
let owner: Party;
const address = { kind: 'phone', value: '+7 900 555-01-12' } as const;

beforeEach(() => {
  kit = createReachKit();
  owner = { kind: 'contact', id: kit.addContact('Павлов', { phone: '8 (900) 555-01-12' }) };
  const { id } = saveRoute(
    kit.reach.routes,
    {
      id: null,
      kind: 'smsaero',
      name: 'Шлюз',
      settings: { login: 'desk@towers.example', sender: 'T' },
      secrets: { apiKey: 'k' },
      proxy: '',
      timeoutMs: 15_000,
      perMinute: 60,
      price: 0,
      dailyLimit: null,
    },
    kit.anna,
  );
  setRouteEnabled(kit.reach.routes, { id, enabled: true }, kit.anna);
});

const send = () => sendCode(kit.reach.ladders, { owner, address }, kit.anna);
const say = (code: string) => confirmCode(kit.reach.ladders, { address, code }, kit.anna);
const state = () => addressStateOf(kit.reach.ladders, address);

/** As it stands in the message that left. */
function sentCode(): string {
  const text = kit.db
    .prepare<[], string>("SELECT text FROM notification WHERE kind = 'check' ORDER BY id DESC")
    .pluck()
    .get();
  return /\d{6}/.exec(text ?? '')?.[0] ?? '';
}
const wrong = () => (sentCode() === '000000' ? '111111' : '000000');

test('a code goes to that address alone, and whoever says it back has verified it', () => {
  const { codeUntil } = send();

  const [delivery] = kit.db
    .prepare<[], { channel: string; address: string }>('SELECT channel, address FROM delivery')
    .all();
  expect(delivery).toMatchObject({ channel: 'sms' });
  expect(delivery?.address.replaceAll(/\D/g, '')).toContain('9005550112');
  expect(state()).toMatchObject({ verifiedAt: null, codeUntil });

  expect(say(sentCode())).toMatchObject({ outcome: 'verified' });
  expect(state()).toMatchObject({ verifiedAt: kit.clock.now(), codeUntil: null });
});

test('the list of notifications does not tell the code: the person does', () => {
  send();
  const rows = kit.stores.notificationView.rows([1]);
  expect(rows).toMatchObject([{ kind: 'check', text: expect.stringContaining('••••••') as string }]);
  expect(JSON.stringify(rows)).not.toContain(sentCode());
});

test('people say codes with gaps', () => {
  send();
  const code = sentCode();
  expect(say(` ${code.slice(0, 3)} ${code.slice(3)} `)).toMatchObject({ outcome: 'verified' });
});

test('a code is kept only as a hash, and the journal does not know it', () => {
  send();
  const code = sentCode();
  const { codeHash } = kit.stores.addressStates.get('phone', address.value);
  expect(codeHash).not.toContain(code);
  expect(
    kit.desk.journal
      .since(0)
      .map(({ payload }) => payload)
      .join(''),
  ).not.toContain(code);
});

test('wrong codes are counted even across restarts, and the right one comes too late after five', () => {
  send();
  const outcomes = Array.from({ length: 5 }, () => say(wrong()));
  expect(outcomes.map(({ outcome, triesLeft }) => [outcome, triesLeft])).toEqual([
    ['wrong', 4],
    ['wrong', 3],
    ['wrong', 2],
    ['wrong', 1],
    ['too-many', 0],
  ]);
  expect(say(sentCode())).toMatchObject({ outcome: 'too-many' });
  expect(state().verifiedAt).toBeNull();
});

test('a code is good for a quarter of an hour, and only once', () => {
  send();
  const first = sentCode();
  kit.clock.jump(15 * 60_000);
  expect(say(first)).toMatchObject({ outcome: 'expired' });

  send();
  expect(say(sentCode())).toMatchObject({ outcome: 'verified' });
  expect(say(sentCode())).toMatchObject({ outcome: 'expired' });
});

test('a new code takes the place of the old one, but not within the minute', () => {
  send();
  expect(send).toThrow(expect.objectContaining({ code: 'rate-limited' }));
  const first = sentCode();
  say(wrong());
  kit.clock.jump(60_000);
  send();
  expect(sentCode()).not.toBe(first);
  expect(say(first)).toMatchObject({ outcome: 'wrong', triesLeft: 4 });
});

test('nothing is sent to an address that is not theirs, has no way, or is of a messenger', () => {
  const refusal = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return (error as { details: Record<string, unknown> }).details['reason'];
    }
    return undefined;
  };
  const ask = (kind: 'phone' | 'email' | 'telegram', value: string) =>
    refusal(() => sendCode(kit.reach.ladders, { owner, address: { kind, value } }, kit.anna));

  expect(ask('phone', '+7 900 555-99-99')).toBe('address-not-theirs');
  expect(ask('telegram', '@pavlov')).toBe('address-not-checked');
  owner = { kind: 'contact', id: kit.addContact('С почтой', { email: 'x@crew.example' }) };
  expect(ask('email', 'x@crew.example')).toBe('code-no-route');
  expect(kit.db.prepare('SELECT count(*) FROM notification').pluck().get()).toBe(0);
});

test('a dead address is known by any spelling, and lives again by hand', () => {
  const dead = { ...address, value: '89005550112' };
  expect(setAddressDead(kit.reach.ladders, { address: dead, dead: true }, kit.anna).undo).not.toBeNull();
  expect(state()).toMatchObject({ deadAt: kit.clock.now(), deadBecause: 'отметил диспетчер' });
  expect(setAddressDead(kit.reach.ladders, { address, dead: true }, kit.anna).undo).toBeNull();
  setAddressDead(kit.reach.ladders, { address, dead: false }, kit.anna);
  expect(state()).toMatchObject({ deadAt: null, deadBecause: null });
});
