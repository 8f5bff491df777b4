import type { DeskParts } from './rpc/desk-parts.ts';
import type { Supervisor } from './supervisor.ts';
import type { TelegramAccountView } from './telegram/telegram-service.ts';

/** One dot per mailbox and Telegram account beside one per service. */
export function healthsOf(
  supervisor: Supervisor | undefined,
  mailboxes: ReturnType<DeskParts['mail']['mailboxes']>,
  chatAccounts: readonly TelegramAccountView[],
): ReturnType<DeskParts['healths']> {
  const { mail: _mail, telegram: _telegram, ...services } = supervisor?.health() ?? {};
  const named = Object.entries(services).map(([name, health]) => [name, { title: name, health }] as const);
  const boxes = mailboxes.map(
    ({ accountId, name, health }) => [`mail:${accountId}`, { title: name, health }] as const,
  );
  const chats = chatAccounts.map(
    ({ accountId, name, health }) => [`telegram:${accountId}`, { title: name, health }] as const,
  );
  return Object.fromEntries([...boxes, ...chats, ...named]);
}
