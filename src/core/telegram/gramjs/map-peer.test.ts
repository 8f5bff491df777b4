import bigInt from 'big-integer';
import { Api } from 'telegram/tl/index.js';
import { describe, expect, it } from 'vitest';
import { mapPeer, mapPeers, phoneOf } from './map-peer.ts';
import { toInputChannel, toInputPeer } from './peer-ids.ts';

const user = (given: Partial<ConstructorParameters<typeof Api.User>[0]> = {}) =>
  new Api.User({
    id: bigInt(7),
    accessHash: bigInt('-5'),
    firstName: 'Анна',
    phone: '79990001122',
    ...given,
  });
const channel = (given: Partial<ConstructorParameters<typeof Api.Channel>[0]> = {}) =>
  new Api.Channel({
    id: bigInt('1300000001'),
    accessHash: bigInt(9),
    title: 'Север',
    photo: new Api.ChatPhotoEmpty(),
    date: 1,
    ...given,
  });
const group = (given: Partial<ConstructorParameters<typeof Api.Chat>[0]> = {}) =>
  new Api.Chat({
    id: bigInt(3),
    title: 'Бригада',
    photo: new Api.ChatPhotoEmpty(),
    participantsCount: 2,
    date: 1,
    version: 1,
    ...given,
  });
const noText = new Api.ChatBannedRights({ sendMessages: true, untilDate: 0 });

describe('a person', () => {
  it('has a name, a number and an address that is kept to the last digit', () => {
    const far = user({
      id: bigInt('9007199254740993'),
      lastName: 'Котова',
      accessHash: bigInt('-9223372036854775807'),
    });

    expect(mapPeer(far)).toMatchObject({
      id: 'u9007199254740993',
      accessHash: '-9223372036854775807',
      title: 'Анна Котова',
      phone: '+79990001122',
      canSend: true,
    });
  });

  it('that is this account has no number, and can be written to', () => {
    expect(mapPeer(user({ self: true }))).toMatchObject({ isSelf: true, phone: null, canSend: true });
    expect(phoneOf(user({ self: true }))).toBe('+79990001122');
  });

  it('is called by another name where there is no first one', () => {
    const usernames = [
      new Api.Username({ username: 'old', active: undefined }),
      new Api.Username({ username: 'anna_k', active: true }),
    ];

    expect(mapPeer(user({ firstName: undefined, usernames }))).toMatchObject({
      title: 'anna_k',
      username: 'anna_k',
    });
  });

  it('that is deleted, Telegram itself or nobody cannot be written to', () => {
    expect(mapPeer(user({ deleted: true, firstName: undefined }))?.canSend).toBe(false);
    expect(mapPeer(user({ id: bigInt(777_000) }))).toMatchObject({ isService: true, canSend: false });
    expect(mapPeer(new Api.UserEmpty({ id: bigInt(8) }))).toMatchObject({
      id: 'u8',
      accessHash: null,
      isMin: true,
    });
  });

  it('seen in passing does not hide what is known', () => {
    const passing = user({ min: true, accessHash: bigInt(1) });

    expect(mapPeers([user(), passing])).toMatchObject([{ isMin: false, accessHash: '-5' }]);
    expect(mapPeers([passing, user()])).toMatchObject([{ isMin: false, accessHash: '-5' }]);
  });
});

describe('a group', () => {
  it.each([
    ['open to all', group(), true],
    ['left', group({ left: true }), false],
    [
      'turned into a supergroup',
      group({ migratedTo: new Api.InputChannelEmpty(), deactivated: true }),
      false,
    ],
    ['where only admins write', group({ defaultBannedRights: noText }), false],
    ['where only admins write, for its maker', group({ defaultBannedRights: noText, creator: true }), true],
    ['that shut us out', new Api.ChatForbidden({ id: bigInt(3), title: 'Бригада' }), false],
  ])('%s', (_, chat, canSend) => {
    expect(mapPeer(chat)).toMatchObject({
      id: 'g3',
      kind: 'group',
      accessHash: null,
      title: 'Бригада',
      canSend,
    });
  });
});

describe('a channel', () => {
  it.each([
    ['of its maker', channel({ broadcast: true, creator: true }), 'channel', true],
    ['of somebody else', channel({ broadcast: true }), 'channel', false],
    [
      'where we may post',
      channel({ broadcast: true, adminRights: new Api.ChatAdminRights({ postMessages: true }) }),
      'channel',
      true,
    ],
    ['that is a supergroup', channel({ megagroup: true }), 'supergroup', true],
    ['that is a supergroup we left', channel({ megagroup: true, left: true }), 'supergroup', false],
    ['where we were silenced', channel({ megagroup: true, bannedRights: noText }), 'supergroup', false],
  ])('%s', (_, chat, kind, canSend) => {
    expect(mapPeer(chat)).toMatchObject({ id: 'c1300000001', kind, canSend });
  });

  it('that shut us out keeps its name', () => {
    const shut = new Api.ChannelForbidden({
      id: bigInt(5),
      accessHash: bigInt(6),
      title: 'Закрыт',
      broadcast: true,
    });

    expect(mapPeer(shut)).toMatchObject({ id: 'c5', kind: 'channel', title: 'Закрыт', canSend: false });
  });
});

describe('an address', () => {
  it('opens what it names', () => {
    expect(toInputPeer({ id: 'u7', accessHash: '-5' })).toBeInstanceOf(Api.InputPeerUser);
    expect(toInputPeer({ id: 'g3', accessHash: null })).toBeInstanceOf(Api.InputPeerChat);
    expect(toInputChannel({ id: 'c5', accessHash: '6' }).channelId.toString()).toBe('5');
  });

  it.each([
    { id: 'u7', accessHash: null },
    { id: 'c7', accessHash: null },
    { id: 'x7', accessHash: '1' },
    { id: 'u', accessHash: '1' },
    { id: 'u0', accessHash: '1' },
  ])('$id with $accessHash opens nothing', (address) => {
    expect(() => toInputPeer(address)).toThrow(expect.objectContaining({ reason: 'peer-unknown' }));
  });

  it('of a person is no channel', () => {
    expect(() => toInputChannel({ id: 'u7', accessHash: '1' })).toThrow(
      expect.objectContaining({ reason: 'peer-unknown' }),
    );
  });
});
