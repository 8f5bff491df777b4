import type { CreateDriver, DriverParts, RouteConfig, RouteDriver } from '../../route-driver.ts';
import { routeError } from '../../route-errors.ts';
import { createHearing } from '../hearing.ts';
import { fieldOf, wordsOf } from '../http-refusal.ts';
import { callNtfy, ntfySetup } from './ntfy-client.ts';
import { listenToReplies } from './ntfy-listener.ts';
import { ntfyMessage } from './ntfy-message.ts';

/** Push by ntfy: its buttons post to a topic that is read here, so a desktop behind a router hears them. */
export const createNtfyRoute: CreateDriver = (parts, config) => {
  const setup = ntfySetup(config);
  const hearing = createHearing();
  const listens = setup.replyTopic !== '';
  return {
    receipts: listens ? ['accepted', 'acknowledged'] : ['accepted'],
    isIdempotent: false,
    async send(dispatch, { wrote }, signal) {
      const body = ntfyMessage(dispatch, setup);
      const answer = await callNtfy(parts.clock, config, { method: 'POST', path: '/', body, wrote, signal });
      const id = wordsOf(fieldOf(answer.json(), 'id'));
      if (id === '') throw routeError('route-answer-unreadable', { certainty: 'unknown', raw: answer.text });
      return { status: 'accepted', raw: 'published', providerId: id };
    },
    ...(listens
      ? {
          listen: (inbox, signal) =>
            hearing.during(() => listenToReplies({ ...parts, hearing }, config, inbox, signal), signal),
          health: hearing.health,
        }
      : {}),
    test: (signal) => testNtfy(parts, config, signal),
  } satisfies RouteDriver;
};

async function testNtfy({ clock }: DriverParts, config: RouteConfig, signal: AbortSignal) {
  const { base, replyTopic } = ntfySetup(config);
  const topic = encodeURIComponent(replyTopic || 'pult-test');
  await callNtfy(clock, config, { method: 'GET', path: '/v1/health', signal });
  await callNtfy(clock, config, { method: 'GET', path: `/${topic}/auth`, signal });
  return { facts: { server: URL.canParse(base) ? new URL(base).host : base } };
}
