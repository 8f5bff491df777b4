import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createTelegramDeskRig,
  testApi,
  type StartedDesk,
  type TelegramDeskRig,
} from '../../../test/support/telegram-desk-rig.ts';
import { createTelegramKit } from '../../../test/support/telegram-kit.ts';
import { createSecretBox } from '../../host/secret-box.ts';
import { telegramError } from './telegram-error.ts';

/** A start at which only another kind of key is at hand than the one that sealed. */
const without = () => createSecretBox([{ origin: 'k', key: Buffer.alloc(32, 9) }]);

describe('a session sealed by a keyring that is away', () => {
  let rig: TelegramDeskRig;
  let desk: StartedDesk;
  let account: string;

  beforeEach(async () => {
    rig = createTelegramDeskRig();
    account = rig.world.addAccount({ phone: '+7 900 123-45-67', name: 'Диспетчер' });
    desk = rig.start();
    await Promise.all([desk.saveApi(testApi, false, rig.person), desk.settle()]);
  });
  afterEach(() => rig.close());

  async function restart(options = {}): Promise<void> {
    await desk.kill();
    desk = rig.start(options);
    await Promise.all([desk.endLeftovers(), desk.settle()]);
  }

  async function showQr(): Promise<string> {
    await desk.signIn.beginQr(rig.person);
    await desk.settle();
    const state = desk.state();
    if (state.step !== 'qr') throw new Error(state.step);
    return state.url;
  }

  test('is kept, named for what it is, and opens again when the keyring is back', async () => {
    rig.world.scan(await showQr(), account);
    await desk.settle();
    const [{ id } = { id: 0 }] = desk.accounts();
    const { session } = await desk.openSession(id);
    const files = rig.sessionFiles();

    await restart({ secretBox: without() });
    await expect(desk.openSession(id)).rejects.toMatchObject({ reason: 'session-sealed' });
    expect(desk.accounts()).toMatchObject([{ id, state: 'starting' }]);
    expect(rig.sessionFiles()).toEqual(files);

    await restart();
    expect(await desk.openSession(id)).toMatchObject({ session });
    expect(rig.world.sessions(account)).toBe(1);
  });

  test('is ended at Telegram later when it is one a killed desk left behind', async () => {
    await showQr();
    const files = rig.sessionFiles();
    expect(files).toHaveLength(1);

    await restart({ secretBox: without() });
    expect(rig.sessionFiles()).toEqual(files);

    await restart();
    expect(rig.sessionFiles()).toEqual([]);
  });
});

describe('the account meanwhile', () => {
  test('says so, asks nobody, is not signed out, and works at the next start', async () => {
    const kit = createTelegramKit();
    const opened = kit.parts.session;
    kit.parts.session = () => Promise.reject(telegramError('session-sealed'));
    kit.parts.api = () => undefined as never;

    const engine = await kit.start();
    await kit.clock.advance(3_600_000);

    expect(engine.status()).toMatchObject({ state: 'starting', reason: 'session-sealed' });
    expect(engine.health()).toMatchObject({ state: 'needs-attention', reason: 'session-sealed' });
    expect(() => engine.connection()).toThrow(expect.objectContaining({ reason: 'session-sealed' }));
    expect([kit.heard.signedOut, kit.world.calls]).toEqual([[], []]);

    await kit.crash();
    kit.parts.session = opened;
    kit.parts.api = () => ({ id: 1, hash: 'a'.repeat(32) });
    expect((await kit.start()).status()).toMatchObject({ state: 'ready', reason: null });
  });

  test('what wants to leave while an account is only starting is not told that it was signed out', async () => {
    const kit = createTelegramKit();
    kit.parts.session = () => new Promise(() => {});

    const engine = await kit.start();

    expect(() => engine.connection()).toThrow(expect.objectContaining({ reason: 'network-unreachable' }));
  });
});
