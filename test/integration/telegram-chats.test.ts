import { describe, expect, it } from 'vitest';
import type { DialogRow, TelegramConnection } from '../../src/core/telegram/telegram-port.ts';
import {
  crewGroup,
  irina,
  newsChannel,
  regionGroup,
  technician,
} from '../support/telegram-dc/sample-world.ts';
import { findPeer, setUpTelegramRig } from './telegram-rig.ts';

const { start, signedIn } = setUpTelegramRig();
const account = irina.account;

describe('the list of chats', () => {
  it('names each with its kind, marks and last message', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);

    const page = await connection.dialogs({ after: null, limit: 50 });

    const byId = new Map(page.rows.map((row) => [row.peer.id, row]));
    expect(byId.get('u2001')).toMatchObject({
      peer: { kind: 'user', title: 'Денис Орлов', username: 'denis_tech', isContact: true, canSend: true },
      unread: 2,
      top: { text: 'сообщение 130', fromName: 'Денис Орлов' },
      pts: null,
    });
    expect(byId.get('u2003')).toMatchObject({ peer: { kind: 'bot' }, mutedUntil: 2_147_483_647_000 });
    expect(byId.get('g3001')).toMatchObject({ peer: { kind: 'group', accessHash: null }, mutedUntil: null });
    expect(byId.get('c1300000001')).toMatchObject({
      peer: { kind: 'channel', canSend: false },
      pinned: true,
    });
    expect(byId.get('c1300000002')).toMatchObject({ peer: { kind: 'supergroup' }, pts: expect.any(Number) });
    expect(page.more).toBe(false);
  });

  it('comes in pages that leave nothing out and repeat nothing', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const whole = await connection.dialogs({ after: null, limit: 50 });

    const seen: string[] = [];
    let after: DialogRow | null = null;
    for (let more = true; more;) {
      const page: Awaited<ReturnType<TelegramConnection['dialogs']>> = await connection.dialogs({
        after,
        limit: 2,
      });
      seen.push(...page.rows.map(({ peer }) => peer.id));
      after = page.rows.at(-1) ?? null;
      more = page.more;
    }

    expect(seen.toSorted()).toEqual(whole.rows.map(({ peer }) => peer.id).toSorted());
  });

  it('has the folders the account made', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);

    expect(await connection.folders()).toEqual([
      { id: 2, title: 'Объекты', include: ['u2001', 'g3001'], exclude: [], kinds: [] },
    ]);
  });
});

describe('history', () => {
  it('is read back to its beginning and forward to its end', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const peer = await findPeer(connection, 'u2001');
    const all = dc.log({ account, chat: technician }).map(({ id }) => id);

    const back: number[] = [];
    for (let olderThan: number | undefined = undefined; ;) {
      const page: { readonly messages: readonly { readonly id: number }[] } = await connection.history(
        peer,
        olderThan === undefined ? { limit: 40 } : { olderThan, limit: 40 },
      );
      if (page.messages.length === 0) break;
      back.push(...page.messages.map(({ id }) => id));
      olderThan = back.at(-1);
    }
    const forward: number[] = [all[0]!];
    for (;;) {
      const page = await connection.history(peer, { newerThan: forward.at(-1)!, limit: 40 });
      if (page.messages.length === 0) break;
      forward.push(...page.messages.map(({ id }) => id).toReversed());
    }

    expect(back).toEqual(all.toReversed());
    expect(forward).toEqual(all);
  });

  it('gives single messages again, and only of the chat that was asked', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const peer = await findPeer(connection, 'u2001');
    const [first] = dc.log({ account, chat: technician });
    const [other] = dc.log({ account, chat: crewGroup });

    const { messages } = await connection.messages(peer, [first!.id, other!.id]);

    expect(messages.map(({ id }) => id)).toEqual([first!.id]);
  });

  it('is marked as read with what that means for the log', async () => {
    const dc = await start();
    const { connection, batches } = await signedIn(dc);
    const peer = await findPeer(connection, 'u2001');
    const last = dc.log({ account, chat: technician }).at(-1)!.id;

    await connection.markRead(peer, last);

    expect(dc.dialog({ account, chat: technician })).toMatchObject({ unread: 0, readInboxMaxId: last });
    expect(batches.flatMap(({ updates }) => updates)).toContainEqual({
      update: { kind: 'read-inbox', peer: 'u2001', maxId: last, unread: null },
      pts: dc.pts({ account }),
      count: 1,
      channel: null,
    });
  });
});

describe('what comes in', () => {
  it('names the log it has its place in', async () => {
    const dc = await start();
    const { batches } = await signedIn(dc);

    dc.receive({ account, chat: technician, text: 'личное', short: false });
    dc.receive({ account, chat: crewGroup, from: 2002, text: 'группа' });
    dc.receive({ account, chat: regionGroup, from: 2002, text: 'супергруппа' });
    dc.receive({ account, chat: newsChannel, text: 'пост' });

    const placed = () =>
      batches
        .flatMap(({ updates }) => updates)
        .flatMap(({ update, pts, channel }) =>
          update.kind === 'message' && update.message.text !== ''
            ? [[update.message.text, update.message.from, channel, pts]]
            : [],
        )
        .filter(([text]) => text !== undefined && !String(text).startsWith('Login'));
    await expect.poll(() => placed().length).toBeGreaterThanOrEqual(4);
    expect(placed().slice(-4)).toEqual([
      ['личное', 'u2001', null, dc.pts({ account }) - 1],
      ['группа', 'u2002', null, dc.pts({ account })],
      ['супергруппа', 'u2002', 'c1300000002', dc.pts({ account, chat: regionGroup })],
      ['пост', null, 'c1300000001', dc.pts({ account, chat: newsChannel })],
    ]);
  });

  it('tells of edits, deletions, reactions, typing and what the other side has read', async () => {
    const dc = await start();
    const { updates } = await signedIn(dc);
    const last = dc.log({ account, chat: technician }).at(-1)!.id;
    const inRegion = dc.log({ account, chat: regionGroup }).at(-1)!.id;

    dc.edit({ account, chat: technician, id: last, text: 'исправлено' });
    dc.react({ account, chat: technician, id: last, from: 2001, emoji: '👍' });
    dc.typing({ account, chat: technician, from: 2001 });
    dc.readOutbox({ account, chat: technician });
    dc.remove({ account, chat: technician, ids: [last] });
    dc.remove({ account, chat: regionGroup, ids: [inRegion] });

    await expect.poll(updates).toContainEqual({ kind: 'deleted', peer: 'c1300000002', ids: [inRegion] });
    const seen = updates();
    expect(seen).toContainEqual({ kind: 'deleted', peer: null, ids: [last] });
    expect(seen).toContainEqual({ kind: 'typing', peer: 'u2001', from: 'u2001' });
    expect(seen).toContainEqual({ kind: 'read-outbox', peer: 'u2001', maxId: last });
    expect(seen).toContainEqual(
      expect.objectContaining({
        kind: 'edited',
        message: expect.objectContaining({ id: last, text: 'исправлено', editedAt: expect.any(Number) }),
      }),
    );
    expect(seen).toContainEqual({
      kind: 'reactions',
      peer: 'u2001',
      id: last,
      reactions: [{ emoji: '👍', count: 1, mine: false }],
    });
  });

  it('is asked for when it was missed, of the account and of a channel', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const state = await connection.updateState();
    const region = await findPeer(connection, 'c1300000002');
    const regionPts = dc.pts({ account, chat: regionGroup });
    dc.receive({ account, chat: technician, text: 'потеряно', push: false });
    dc.receive({ account, chat: regionGroup, from: 2002, text: 'и тут', push: false });

    const missed = await connection.difference(state);
    const missedThere = await connection.channelDifference(region, regionPts);

    expect(missed).toMatchObject({
      kind: 'part',
      messages: [{ text: 'потеряно', peer: 'u2001' }],
      state: { pts: dc.pts({ account }) },
      more: false,
    });
    expect(missedThere).toMatchObject({
      kind: 'part',
      messages: [{ text: 'и тут', peer: 'c1300000002' }],
      pts: regionPts + 1,
    });
    const now = await connection.updateState();
    // Within the same second Telegram names channels that were busy once more.
    expect(await connection.difference({ ...now, date: now.date + 5 })).toMatchObject({ kind: 'empty' });
    expect(await connection.channelDifference(region, regionPts + 1)).toMatchObject({ kind: 'empty' });
  });

  it('says when too much was missed', async () => {
    const dc = await start();
    const { connection } = await signedIn(dc);
    const state = await connection.updateState();
    const region = await findPeer(connection, 'c1300000002');
    const regionPts = dc.pts({ account, chat: regionGroup });
    dc.tooLong({ difference: 1, channelDifference: 1 });
    for (const chat of [technician, regionGroup] as const) {
      await dc.burst({ account, chat, from: 2001, count: 3, push: false });
    }

    expect(await connection.difference(state)).toEqual({ kind: 'too-long', pts: dc.pts({ account }) });
    expect(await connection.channelDifference(region, regionPts)).toMatchObject({
      kind: 'too-long',
      pts: dc.pts({ account, chat: regionGroup }),
    });
  });
});
