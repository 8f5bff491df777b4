import { Api } from 'telegram/tl/index.js';
import { method, RpcError, type Context } from '../rpc.ts';
import { big } from '../tl.ts';
import type { BoxEvent } from '../world/box.ts';
import type { Channel, ChatKey, Message } from '../world/model.ts';
import { namedIn, renderEntities, renderEvent, renderMessage } from '../world/render.ts';
import { renderDialog, renderState } from '../world/render-dialog.ts';
import { openDialog } from './peers.ts';

const slice = 100;

export const differenceMethods = [
  method(Api.updates.GetState, ({ account, clock }) => renderState(account, clock.seconds())),
  method(Api.updates.GetDifference, (context, { pts, date, ptsTotalLimit }) => {
    const { account, clock, services } = context;
    const { box } = account;
    if (pts < 1 || pts > box.pts) throw new RpcError(400, 'PERSISTENT_TIMESTAMP_INVALID');
    const missed = box.since(pts);
    const most = Math.min(ptsTotalLimit || Number.POSITIVE_INFINITY, services.tooLong.difference);
    if (missed === undefined || missed.length > most)
      return new Api.updates.DifferenceTooLong({ pts: box.pts });
    const channels = busyChannels(context, date);
    if (missed.length === 0 && channels.length === 0) {
      return new Api.updates.DifferenceEmpty({ date: clock.seconds(), seq: 0 });
    }
    const events = missed.slice(0, slice);
    const body = { ...render(context, undefined, events, channels), newEncryptedMessages: [] };
    const state = renderState(account, clock.seconds());
    if (events.length === missed.length) return new Api.updates.Difference({ ...body, state });
    state.pts = events.at(-1)?.pts ?? pts;
    return new Api.updates.DifferenceSlice({ ...body, intermediateState: state });
  }),
  method(Api.updates.GetChannelDifference, (context, { channel, pts, limit }) => {
    const { world, account, services } = context;
    const dialog = openDialog(context, channel);
    const box = world.boxOf(account, dialog.chat);
    if (pts < 1 || pts > box.pts) throw new RpcError(400, 'PERSISTENT_TIMESTAMP_INVALID');
    const timeout = 30;
    const missed = box.since(pts);
    if (missed?.length === 0) {
      return new Api.updates.ChannelDifferenceEmpty({ final: true, pts: box.pts, timeout });
    }
    const size = Math.min(limit || slice, slice);
    if (missed === undefined || missed.length > services.tooLong.channelDifference) {
      const latest = box.in(dialog.chat).slice(-size).toReversed();
      return new Api.updates.ChannelDifferenceTooLong({
        final: true,
        timeout,
        dialog: renderDialog(world, dialog, latest[0]),
        messages: latest.map((message) => renderMessage(world, account, message)),
        ...renderEntities(world, account, [dialog.chat, ...namedIn(latest)]),
      });
    }
    const events = missed.slice(0, size);
    return new Api.updates.ChannelDifference({
      final: events.length === missed.length || undefined,
      pts: events.at(-1)?.pts ?? pts,
      timeout,
      ...render(context, dialog.chat, events),
    });
  }),
];

/** Channels with news since then: the common difference names them and leaves the rest to theirs. */
function busyChannels({ world, account }: Context, since: number): readonly Channel[] {
  return [...world.channels.values()].filter(
    ({ key, members, box }) => members.has(account.person.id) && (box.in(key).at(-1)?.date ?? 0) >= since,
  );
}

/** New messages apart from everything else that happened, the way both kinds of difference come. */
function render(
  { world, account }: Context,
  chat: ChatKey | undefined,
  events: readonly BoxEvent[],
  busy: readonly Channel[] = [],
) {
  const box = chat === undefined ? account.box : world.boxOf(account, chat);
  const messages = events.flatMap(({ change }): Message[] => {
    const message = change.kind === 'new' ? box.find(change.id) : undefined;
    return message === undefined ? [] : [message];
  });
  const others = events.filter(({ change }) => change.kind !== 'new');
  const touched = others.flatMap(({ change }) => ('chat' in change ? [change.chat] : []));
  return {
    newMessages: messages.map((message) => renderMessage(world, account, message)),
    otherUpdates: [
      ...others.flatMap((event) => renderEvent(world, account, chat, event) ?? []),
      ...busy.map(({ id, box: { pts } }) => new Api.UpdateChannelTooLong({ channelId: big(id), pts })),
    ],
    ...renderEntities(world, account, [
      chat,
      ...touched,
      ...busy.map(({ key }) => key),
      ...namedIn(messages),
    ]),
  };
}
