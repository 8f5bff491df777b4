import { expect, test } from 'vitest';
import { createFakeClock } from '../../test/support/fake-clock.ts';
import { silentLogger } from './platform/logger.ts';
import type { Health, Service } from './platform/service.ts';
import { createSupervisor } from './supervisor.ts';

function createScene() {
  const clock = createFakeClock();
  const told: string[] = [];
  const supervisor = createSupervisor({ clock, log: silentLogger });
  const service = (name: string, over: Partial<Service> = {}): Service => ({
    name,
    start: async () => void told.push(`start ${name}`),
    stop: async () => void told.push(`stop ${name}`),
    health: () => ({ state: 'ok' }),
    ...over,
  });
  return { clock, told, supervisor, service };
}

test('services start in order and stop in reverse', async () => {
  const { told, supervisor, service } = createScene();

  await supervisor.start([service('disk'), service('outbox'), service('mail:1')]);
  await supervisor.stop();

  expect(told).toEqual([
    'start disk',
    'start outbox',
    'start mail:1',
    'stop mail:1',
    'stop outbox',
    'stop disk',
  ]);
});

test('what the machine came back from is told to whoever wants to know, and one that fails holds up nobody', async () => {
  const { told, supervisor, service } = createScene();
  const broken = () => {
    throw new Error('no socket');
  };
  await supervisor.start([
    service('disk'),
    service('telegram', { resumed: broken }),
    service('mail', { resumed: (from) => void told.push(`mail ${from}`) }),
  ]);

  supervisor.resumed('sleep');

  expect(told).toContain('mail sleep');
});

test('a service that cannot start takes down what started before it, and says why', async () => {
  const { told, supervisor, service } = createScene();
  const broken = service('outbox', { start: () => Promise.reject(new Error('no room')) });

  await expect(supervisor.start([service('disk'), broken, service('mail:1')])).rejects.toThrow('no room');

  expect(told).toEqual(['start disk', 'stop outbox', 'stop disk']);
});

test('a service that hangs at the end is left behind after five seconds', async () => {
  const { clock, told, supervisor, service } = createScene();
  await supervisor.start([service('disk'), service('mail:1', { stop: () => new Promise(() => undefined) })]);

  const stopped = supervisor.stop();
  await clock.advance(5000);
  await stopped;

  expect(told).toEqual(['start disk', 'start mail:1', 'stop disk']);
  expect(clock.sleeping).toBe(0);
});

test('the health of every service is told when it changes, and only then', async () => {
  const { clock, supervisor, service } = createScene();
  const heard: unknown[] = [];
  let health: Health = { state: 'starting' };
  supervisor.onChange((all) => heard.push(all));
  await supervisor.start([service('mail:1', { health: () => health })]);
  await clock.advance(5000);

  health = { state: 'needs-attention', reason: 'password-refused' };
  await clock.advance(1000);
  await supervisor.stop();

  expect(heard).toEqual([
    { 'mail:1': { state: 'starting' } },
    { 'mail:1': { state: 'needs-attention', reason: 'password-refused' } },
  ]);
});

test('an account added and removed while working comes and goes', async () => {
  const { told, supervisor, service } = createScene();
  await supervisor.start([service('disk')]);

  await supervisor.add(service('mail:2'));
  expect(Object.keys(supervisor.health())).toEqual(['disk', 'mail:2']);
  await supervisor.remove('mail:2');
  await supervisor.remove('mail:9');

  expect(Object.keys(supervisor.health())).toEqual(['disk']);
  expect(told).toEqual(['start disk', 'start mail:2', 'stop mail:2']);
  await supervisor.stop();
});
