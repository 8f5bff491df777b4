import type { ChatKey, PersonKey } from './chat-cast.ts';
import type { ChatLine } from './chat-stage.ts';

/** A line, or what happens to one that was said: messages are known by a name of the story's own. */
export type ChatTurn =
  | (Omit<ChatLine, 'replyTo'> & { readonly kind: 'say'; readonly name?: string; readonly answers?: string })
  | { readonly kind: 'edit'; readonly chat: ChatKey; readonly of: string; readonly text: string }
  | { readonly kind: 'remove'; readonly chat: ChatKey; readonly of: string }
  | {
      readonly kind: 'react';
      readonly chat: ChatKey;
      readonly of: string;
      readonly from: PersonKey;
      readonly emoji: string;
    };

/** How long after the one before it, in seconds of story time. */
export type TimedTurn = ChatTurn & { readonly afterSeconds: number };

type Who = { readonly chat: ChatKey; readonly from?: PersonKey | 'desk' };
type More = Partial<Omit<Extract<ChatTurn, { kind: 'say' }>, 'kind' | 'chat' | 'from' | 'text'>>;

/** Lines of one speaker in one chat. */
export const by =
  ({ chat, from }: Who) =>
  (afterSeconds: number, text: string, more: More = {}): TimedTurn => ({
    kind: 'say',
    chat,
    from,
    text,
    afterSeconds,
    ...more,
  });

export const foreman = by({ chat: 'crew', from: 'foreman' });
export const electrician = by({ chat: 'crew', from: 'electrician' });
export const technician = by({ chat: 'technician', from: 'technician' });
export const resident = by({ chat: 'resident', from: 'resident' });
export const storm = by({ chat: 'storm' });

/** A notice of the operator's robot: its first word in bold, as robots write. */
export function monitor(afterSeconds: number, word: string, rest: string, more: More = {}): TimedTurn {
  const say = by({ chat: 'monitor', from: 'monitor' });
  return say(afterSeconds, `${word} · ${rest}`, { boldLength: word.length, ...more });
}
