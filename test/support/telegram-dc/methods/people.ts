import { Api } from 'telegram/tl/index.js';
import { method, RpcError } from '../rpc.ts';
import { big } from '../tl.ts';
import { isChannelKey, userKey } from '../world/model.ts';
import { renderEntities, renderGroup, renderPerson, toPeer } from '../world/render.ts';
import { notifySettings } from '../world/render-dialog.ts';
import { openDialog, toChatKey, toPerson } from './peers.ts';

export const peopleMethods = [
  method(Api.users.GetUsers, (context, { id }) =>
    id.map((user) => renderPerson(toPerson(context, user), context.account)),
  ),
  method(Api.users.GetFullUser, (context, { id }) => {
    const person = toPerson(context, id);
    const dialog = context.account.dialogs.get(userKey(person.id));
    const fullUser = new Api.UserFull({
      id: big(person.id),
      about: person.about,
      settings: new Api.PeerSettings({}),
      notifySettings: notifySettings(dialog),
      commonChatsCount: 0,
    });
    return new Api.users.UserFull({ fullUser, chats: [], users: [renderPerson(person, context.account)] });
  }),
  method(Api.contacts.GetContacts, ({ world, account }) => {
    const contacts = [...world.people.values()].filter(({ contact }) => contact);
    return new Api.contacts.Contacts({
      contacts: contacts.map(({ id }) => new Api.Contact({ userId: big(id), mutual: false })),
      savedCount: 0,
      users: contacts.map((person) => renderPerson(person, account)),
    });
  }),
  method(Api.contacts.ResolveUsername, ({ world, account }, { username }) => {
    const isNamed = (named: { readonly username: string | undefined }) =>
      named.username?.toLowerCase() === username.toLowerCase();
    const person = [...world.people.values()].find(isNamed);
    const group = [...world.groups.values()].find(isNamed);
    const key = person === undefined ? group?.key : userKey(person.id);
    if (key === undefined) throw new RpcError(400, 'USERNAME_NOT_OCCUPIED');
    const named = person?.id === account.person.id ? [] : [key];
    return new Api.contacts.ResolvedPeer({ peer: toPeer(key), ...renderEntities(world, account, named) });
  }),
  method(Api.messages.GetChats, ({ world }, { id }) => {
    const groups = id.flatMap((each) => world.groups.get(`chat:${Number(each)}`) ?? []);
    return new Api.messages.Chats({ chats: groups.map(renderGroup) });
  }),
  method(Api.channels.GetChannels, (context, { id }) => {
    const groups = id.flatMap((each) => context.world.groups.get(toChatKey(context, each)) ?? []);
    return new Api.messages.Chats({ chats: groups.map(renderGroup) });
  }),
  method(Api.messages.GetFullChat, ({ world, account }, { chatId }) => {
    const group = world.groups.get(`chat:${Number(chatId)}`);
    if (group === undefined) throw new RpcError(400, 'CHAT_ID_INVALID');
    const members = [...group.members].map(userKey);
    const participants = [...group.members].map(
      (id) => new Api.ChatParticipant({ userId: big(id), inviterId: big(id), date: 1_700_000_000 }),
    );
    const fullChat = new Api.ChatFull({
      id: big(group.id),
      about: group.about ?? '',
      participants: new Api.ChatParticipants({ chatId: big(group.id), participants, version: 1 }),
      notifySettings: notifySettings(account.dialogs.get(group.key)),
    });
    return new Api.messages.ChatFull({
      fullChat,
      ...renderEntities(world, account, [group.key, ...members]),
    });
  }),
  method(Api.channels.GetFullChannel, (context, { channel }) => {
    const { world, account } = context;
    const dialog = openDialog(context, channel);
    const found = world.channels.get(dialog.chat);
    if (found === undefined || !isChannelKey(dialog.chat)) throw new RpcError(400, 'CHANNEL_INVALID');
    const fullChat = new Api.ChannelFull({
      id: big(found.id),
      about: found.about ?? '',
      participantsCount: found.members.size,
      readInboxMaxId: dialog.readInboxMaxId,
      readOutboxMaxId: dialog.readOutboxMaxId,
      unreadCount: dialog.unread,
      chatPhoto: new Api.PhotoEmpty({ id: big(0) }),
      notifySettings: notifySettings(dialog),
      botInfo: [],
      pts: found.box.pts,
    });
    return new Api.messages.ChatFull({ fullChat, ...renderEntities(world, account, [found.key]) });
  }),
];
