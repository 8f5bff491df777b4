import bigInt from 'big-integer';
import { Api } from 'telegram/tl/index.js';
import { describe, expect, it } from 'vitest';
import { mapMessage, mapMessages, type Reader } from './map-message.ts';

const reader: Reader = {
  self: 'u1',
  names: new Map([
    ['u7', 'Анна Котова'],
    ['c5', 'Север'],
  ]),
};
const person = new Api.PeerUser({ userId: bigInt(7) });
const self = new Api.PeerUser({ userId: bigInt(1) });
const group = new Api.PeerChat({ chatId: bigInt(3) });
const channel = new Api.PeerChannel({ channelId: bigInt(5) });

type Given = Partial<ConstructorParameters<typeof Api.Message>[0]>;

function map(given: Given = {}) {
  return mapMessage(
    new Api.Message({ id: 10, peerId: person, date: 100, message: 'текст', ...given }),
    reader,
  );
}

describe('the sender of a message', () => {
  it.each([
    ['in a private chat is the other side', {}, 'u7', false],
    ['in a private chat is us when it is ours', { out: true }, 'u1', true],
    ['in a group is named', { peerId: group, fromId: person }, 'u7', false],
    ['of a post is nobody', { peerId: channel, post: true }, null, false],
    ['may be the group itself', { peerId: channel, fromId: channel }, 'c5', false],
  ])('%s', (_, given, from, out) => {
    expect(map(given)).toMatchObject({ from, out });
  });

  it('has the name that came along, and a post the one it is signed with', () => {
    expect(map()?.fromName).toBe('Анна Котова');
    expect(map({ peerId: group, fromId: self })?.fromName).toBeNull();
    expect(map({ peerId: channel, postAuthor: 'Редактор' })?.fromName).toBe('Редактор');
  });
});

describe('what a message hangs on', () => {
  const header = (given: ConstructorParameters<typeof Api.MessageReplyHeader>[0]) => ({
    replyTo: new Api.MessageReplyHeader(given),
  });

  it.each([
    ['an answer', { replyToMsgId: 4 }, 4, null],
    ['an answer to another chat', { replyToMsgId: 4, replyToPeerId: group }, null, null],
    ['a message of a topic', { replyToMsgId: 40, forumTopic: true }, null, 40],
    ['an answer in a topic', { replyToMsgId: 44, replyToTopId: 40, forumTopic: true }, 44, 40],
  ])('%s', (_, given, replyTo, topicId) => {
    expect(map(header(given))).toMatchObject({ replyTo, topicId });
  });

  it('a forward keeps from whom it was, hidden or not', () => {
    const forward = (given: Partial<ConstructorParameters<typeof Api.MessageFwdHeader>[0]>) =>
      map({ fwdFrom: new Api.MessageFwdHeader({ date: 50, ...given }) })?.forward;

    expect(forward({ fromId: person })).toEqual({ name: 'Анна Котова', from: 'u7', sentAt: 50_000 });
    expect(forward({ fromName: 'Скрыт' })).toEqual({ name: 'Скрыт', from: null, sentAt: 50_000 });
    expect(forward({ fromId: group })).toEqual({ name: '', from: 'g3', sentAt: 50_000 });
  });

  it('an edit is told unless it is hidden', () => {
    expect(map({ editDate: 120 })?.editedAt).toBe(120_000);
    expect(map({ editDate: 120, editHide: true })?.editedAt).toBeNull();
  });

  it('reactions are counted, ours marked, drawn ones left out', () => {
    const emoji = (emoticon: string) => new Api.ReactionEmoji({ emoticon });
    const results = [
      new Api.ReactionCount({ reaction: emoji('👍'), count: 3 }),
      new Api.ReactionCount({ reaction: emoji('🔥'), count: 1, chosenOrder: 0 }),
      new Api.ReactionCount({ reaction: new Api.ReactionCustomEmoji({ documentId: bigInt(1) }), count: 2 }),
    ];

    expect(map({ reactions: new Api.MessageReactions({ results }) })?.reactions).toEqual([
      { emoji: '👍', count: 3, mine: false },
      { emoji: '🔥', count: 1, mine: true },
    ]);
  });
});

describe('a picture', () => {
  const photo = (sizes: Api.TypePhotoSize[]) =>
    new Api.MessageMediaPhoto({
      photo: new Api.Photo({
        id: bigInt('9007199254740993'),
        accessHash: bigInt(-2),
        fileReference: Buffer.from([1, 2]),
        date: 1,
        dcId: 4,
        sizes,
      }),
    });

  it('is its largest size, with a preview that can be drawn', () => {
    const media = photo([
      new Api.PhotoStrippedSize({ type: 'i', bytes: Buffer.from([1, 30, 40, 9, 9]) }),
      new Api.PhotoSizeProgressive({ type: 'y', w: 1280, h: 960, sizes: [10, 200, 3000] }),
      new Api.PhotoSize({ type: 'm', w: 320, h: 240, size: 99 }),
    ]);

    const file = map({ media })?.file;

    expect(file).toMatchObject({
      kind: 'photo',
      size: 3000,
      width: 1280,
      height: 960,
      location: {
        id: '9007199254740993',
        accessHash: '-2',
        reference: 'AQI=',
        dc: 4,
        thumb: 'y',
        isPhoto: true,
      },
    });
    expect([...(file?.preview?.slice(0, 2) ?? []), ...(file?.preview?.slice(-2) ?? [])]).toEqual([
      0xff, 0xd8, 0xff, 0xd9,
    ]);
  });

  it('that has vanished is told as such', () => {
    expect(map({ message: '', media: new Api.MessageMediaPhoto({ ttlSeconds: 5 }) })).toMatchObject({
      file: null,
      extra: { kind: 'unsupported', what: 'expired' },
    });
  });
});

describe('a file', () => {
  const audio = (voice: boolean) => new Api.DocumentAttributeAudio({ voice, duration: 7 });
  const video = (roundMessage: boolean) =>
    new Api.DocumentAttributeVideo({ roundMessage, duration: 7.6, w: 240, h: 320 });
  const sticker = new Api.DocumentAttributeSticker({ alt: '🙂', stickerset: new Api.InputStickerSetEmpty() });
  const media = (mimeType: string, attributes: Api.TypeDocumentAttribute[], size = bigInt(1234)) =>
    new Api.MessageMediaDocument({
      document: new Api.Document({
        id: bigInt(11),
        accessHash: bigInt(12),
        fileReference: Buffer.from([3]),
        date: 1,
        mimeType,
        size,
        dcId: 2,
        attributes,
      }),
    });

  it.each([
    ['application/pdf', [], 'document', 'document-11.pdf'],
    ['audio/ogg', [audio(true)], 'voice', 'voice-11.ogg'],
    ['audio/mpeg', [audio(false)], 'audio', 'audio-11.mp3'],
    ['video/mp4', [video(false)], 'video', 'video-11.mp4'],
    ['video/mp4', [video(true)], 'video-note', 'video-note-11.mp4'],
    ['video/mp4', [video(false), new Api.DocumentAttributeAnimated()], 'animation', 'animation-11.mp4'],
    ['image/webp', [sticker], 'sticker', 'sticker-11.webp'],
    ['x/unknown', [new Api.DocumentAttributeFilename({ fileName: 'акт.doc' })], 'document', 'акт.doc'],
  ])('%s with %o is a %s', (mimeType, attributes, kind, fileName) => {
    expect(map({ media: media(mimeType, attributes) })?.file).toMatchObject({ kind, fileName, size: 1234 });
  });

  it('has whole seconds and a size beyond four gigabytes', () => {
    const file = map({ media: media('video/mp4', [video(false)], bigInt('5000000000')) })?.file;

    expect(file).toMatchObject({ duration: 8, width: 240, height: 320, size: 5_000_000_000 });
  });
});

describe('what is no file', () => {
  const geo = new Api.GeoPoint({ long: 37.6, lat: 55.7, accessHash: bigInt(1) });
  const text = (words: string) => new Api.TextWithEntities({ text: words, entities: [] });
  const poll = new Api.Poll({
    id: bigInt(1),
    question: text('Едем?'),
    answers: [new Api.PollAnswer({ text: text('Да'), option: Buffer.from([1]) })],
  });

  it.each([
    [
      'a place',
      new Api.MessageMediaGeo({ geo }),
      { kind: 'location', latitude: 55.7, longitude: 37.6, live: false, title: null },
      '',
    ],
    [
      'a place that is nowhere',
      new Api.MessageMediaGeo({ geo: new Api.GeoPoint({ long: 37.6, lat: NaN, accessHash: bigInt(1) }) }),
      { kind: 'unsupported', what: 'other' },
      '',
    ],
    [
      'a place that moves',
      new Api.MessageMediaGeoLive({ geo, period: 60 }),
      { kind: 'location', live: true },
      '',
    ],
    [
      'a place with a name',
      new Api.MessageMediaVenue({
        geo,
        title: 'АМС 7',
        address: 'ул. Мира',
        provider: '',
        venueId: '',
        venueType: '',
      }),
      { kind: 'location', title: 'АМС 7, ул. Мира' },
      '',
    ],
    [
      'a contact',
      new Api.MessageMediaContact({
        phoneNumber: '79',
        firstName: 'Лев',
        lastName: '',
        vcard: '',
        userId: bigInt(0),
      }),
      { kind: 'contact', name: 'Лев', phone: '79' },
      '',
    ],
    [
      'a poll',
      new Api.MessageMediaPoll({ poll, results: new Api.PollResults({}) }),
      { kind: 'unsupported', what: 'poll' },
      'Едем?\n• Да',
    ],
    [
      'a dice',
      new Api.MessageMediaDice({ value: 4, emoticon: '🎲' }),
      { kind: 'unsupported', what: 'dice' },
      '🎲 4',
    ],
    ['something newer', new Api.MessageMediaUnsupported(), { kind: 'unsupported', what: 'other' }, ''],
  ])('%s', (_, media, extra, words) => {
    expect(map({ message: '', media })).toMatchObject({ extra, text: words, file: null });
  });

  it('a page behind a link is only a link', () => {
    const media = new Api.MessageMediaWebPage({ webpage: new Api.WebPageEmpty({ id: bigInt(1) }) });

    expect(map({ media })).toMatchObject({ text: 'текст', extra: null, file: null });
  });
});

describe('an event in a chat', () => {
  it.each([
    [new Api.MessageActionChatAddUser({ users: [bigInt(7), bigInt(8)] }), 'joined', 'Анна Котова'],
    [new Api.MessageActionChatDeleteUser({ userId: bigInt(7) }), 'left', 'Анна Котова'],
    [new Api.MessageActionChatEditTitle({ title: 'Бригада 8' }), 'title-changed', 'Бригада 8'],
    [new Api.MessageActionPinMessage(), 'pinned', ''],
    [new Api.MessageActionPhoneCall({ callId: bigInt(1) }), 'call', ''],
    [new Api.MessageActionScreenshotTaken(), 'other', ''],
  ])('%o', (action, what, text) => {
    const message = new Api.MessageService({ id: 3, peerId: group, fromId: person, date: 5, action });

    expect(mapMessage(message, reader)).toMatchObject({
      id: 3,
      peer: 'g3',
      from: 'u7',
      text: '',
      extra: { kind: 'service', what, text },
    });
  });
});

describe('among many messages', () => {
  it('the place of one that is gone is no message', () => {
    expect(mapMessages([new Api.MessageEmpty({ id: 9 })], reader)).toEqual([]);
  });

  it('one that cannot be read keeps its place and does not hold up the others', () => {
    const broken = new Api.Message({
      id: 4,
      peerId: person,
      date: 5,
      message: 'x',
      media: new Api.MessageMediaPoll({ poll: undefined as never, results: new Api.PollResults({}) }),
    });
    const good = new Api.Message({ id: 5, peerId: person, date: 6, message: 'цел' });

    expect(mapMessages([broken, good], reader)).toMatchObject([
      { id: 4, peer: 'u7', sentAt: 5000, extra: { kind: 'unsupported' } },
      { id: 5, text: 'цел' },
    ]);
  });
});
