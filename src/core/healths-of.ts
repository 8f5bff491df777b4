import type { DeskParts } from './rpc/desk-parts.ts';
import type { Health } from './platform/service.ts';
import type { Supervisor } from './supervisor.ts';
import type { TelegramAccountView } from './telegram/telegram-service.ts';

type RouteHealth = { readonly routeId: number; readonly name: string; readonly health: Health };

/** One dot per mailbox, Telegram account and way of sending beside one per service. */
export function healthsOf(
  supervisor: Supervisor | undefined,
  mailboxes: ReturnType<DeskParts['mail']['mailboxes']>,
  chatAccounts: readonly TelegramAccountView[],
  routes: readonly RouteHealth[],
): ReturnType<DeskParts['healths']> {
  const { mail: _mail, telegram: _telegram, ...services } = supervisor?.health() ?? {};
  const named = Object.entries(services).map(([name, health]) => [name, { title: name, health }] as const);
  const boxes = mailboxes.map(
    ({ accountId, name, health }) => [`mail:${accountId}`, { title: name, health }] as const,
  );
  const chats = chatAccounts.map(
    ({ accountId, name, health }) => [`telegram:${accountId}`, { title: name, health }] as const,
  );
  const ways = routes.map(
    ({ routeId, name, health }) => [`route:${routeId}`, { title: name, health }] as const,
  );
  return Object.fromEntries([...boxes, ...chats, ...ways, ...named]);
}
