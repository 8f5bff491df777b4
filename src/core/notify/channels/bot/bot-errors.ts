import type { AppError } from '../../../../shared/errors.ts';
import { routeError, type RouteTrouble } from '../../route-errors.ts';
import type { BotAnswer } from './bot-client.ts';

/** Of 400 and 403 only the words tell what is meant; as the server writes them in tdlib/telegram-bot-api, Client.cpp. */
const spoken: readonly (readonly [RegExp, RouteTrouble])[] = [
  [/bot was blocked|user is deactivated|bot was kicked|bot can't initiate/i, 'address-blocked'],
  [/chat not found|user not found|peer_id_invalid|chat_id is empty/i, 'address-refused'],
  [/message is too long|caption is too long|request entity too large|file is too big/i, 'payload-too-large'],
];

/** What an answer that is not `ok` means. Nothing was sent then, but where the server itself fell over nobody knows. */
export function botError(answer: Omit<BotAnswer, 'ok' | 'result'>, status: number): AppError {
  const code = answer.error_code ?? status;
  const raw = `${code} ${answer.description ?? ''}`.trim();
  if (code === 429) {
    const retryAfterMs = (answer.parameters?.retry_after ?? 1) * 1000;
    return routeError('route-throttled', { certainty: 'not-sent', raw, retryAfterMs });
  }
  // Without a bot of that token the server knows no method: it says "not found".
  if (code === 401 || code === 404) return routeError('route-login-refused', { certainty: 'not-sent', raw });
  if (code === 409) return routeError('route-shared', { certainty: 'not-sent', raw });
  if (code >= 500) return routeError('route-unavailable', { certainty: 'unknown', raw });
  const known = spoken.find(([words]) => words.test(answer.description ?? ''))?.[1];
  if (known) return routeError(known, { certainty: 'refused', raw });
  return routeError(code === 403 ? 'route-forbidden' : 'message-refused', { certainty: 'refused', raw });
}
