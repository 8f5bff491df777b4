import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { startSmppCentre } from '../../../../../test/support/fakes/smpp-centre.ts';
import { createNotifyKit, type NotifyKit } from '../../../../../test/support/notify-kit.ts';
import type { RouteKind } from '../../../../shared/domain/route-kinds.ts';
import type { Party } from '../../../../shared/domain/reaching.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { startSmsAero } from '../../../training/services/sms-aero.ts';
import { createNotifyService } from '../../notify-service.ts';
import { createRoutesAtWork } from '../../routes-at-work.ts';
import { allDrivers } from '../all-drivers.ts';

/** The engine with the drivers themselves, against servers on loopback. */
async function open(kit: NotifyKit) {
  const aero = await startSmsAero({ clock: kit.clock });
  const centre = await startSmppCentre();
  const settings = (fields: object) => ({ settings: JSON.stringify(fields), price: 350 });
  kit.addRoute(
    'smsaero',
    {},
    settings({
      login: aero.login,
      apiKey: aero.apiKey,
      sender: 'TOWERS',
      baseUrls: aero.url,
    }),
  );
  kit.addRoute(
    'smpp',
    {},
    settings({
      host: '127.0.0.1',
      port: String(centre.port),
      systemId: 'desk',
      password: 'secret',
      sender: 'TOWERS',
    }),
  );
  const { clock, random } = kit.desk;
  const atWork = createRoutesAtWork({
    routes: kit.stores.routes,
    secretBox: { open: (sealed) => sealed },
    createDriver: (kind: RouteKind, config) =>
      allDrivers[kind]!({ clock, random, log: silentLogger }, config),
    log: silentLogger,
  });
  const service = createNotifyService({ ...kit.inboxParts, atWork });
  await service.start(new AbortController().signal);
  onTestFinished(async () => {
    await service.stop();
    await atWork.close();
    await aero.stop();
    await centre.stop();
  });
  return { aero, centre };
}

let kit: NotifyKit;
let ivan: Party;

beforeEach(() => {
  kit = createNotifyKit();
  ivan = kit.addContact('Иван', { phone: '8 (900) 555-01-12' });
  kit.ladder('critical', [{ channel: 'sms', waitFor: 'acknowledged', waitSeconds: 600 }]);
});

/** Time passes while the sockets do their work. */
function passing<T>(look: () => T) {
  return expect.poll(async () => {
    await kit.clock.advance(500);
    return look();
  });
}

test('a gateway without money gives way to the message centre, and a word back ends the ladder', async () => {
  const { aero, centre } = await open(kit);
  aero.play('no-credits');

  const id = kit.notify(ivan, { urgency: 'critical' });
  await passing(() => centre.messages.length).toBe(1);
  await passing(() => kit.steps(id)).toEqual(['1.0 sms accepted']);
  await centre.receipt(centre.messages[0]!.id, 'DELIVRD');
  await passing(() => kit.steps(id)).toEqual(['1.0 sms delivered']);
  await centre.receipt(centre.messages[0]!.id, 'DELIVRD');
  const { code } = kit.stores.notifications.require(id);
  await centre.say('79005550112', `${code} принял`);
  await passing(() => kit.state(id)).toBe('acknowledged');

  expect(aero.messages).toHaveLength(0);
  expect(centre.messages).toHaveLength(1);
  expect(centre.messages[0]).toMatchObject({ to: '79005550112' });
});

test('a word back without its code finds the message by the telephone, however the directory writes it', async () => {
  const { aero, centre } = await open(kit);
  aero.play('no-credits');
  const id = kit.notify(ivan, { urgency: 'critical' });
  await passing(() => kit.steps(id)).toEqual(['1.0 sms accepted']);

  await centre.say('79005550112', 'принял');

  await passing(() => kit.state(id)).toBe('acknowledged');
});

test('an SMS whose answer was lost is found at the gateway and is not sent again', async () => {
  const { aero, centre } = await open(kit);
  aero.play('hangs-up');
  const id = kit.notify(ivan, { urgency: 'critical' });
  await passing(() => aero.messages.length).toBe(1);
  aero.play('well');

  await passing(() => kit.steps(id)).toEqual(['1.0 sms accepted']);
  aero.setStatus(1000, 1);
  await passing(() => kit.steps(id)).toEqual(['1.0 sms delivered']);

  expect(aero.messages).toHaveLength(1);
  expect(centre.messages).toHaveLength(0);
});
