import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCallKit, type CallKit } from '../../../test/support/call-kit.ts';
import { startOfTest } from '../../../test/support/core-kit.ts';
import { acknowledge } from '../incidents/alarms.ts';
import { openFromLetter } from '../incidents/open-incident.ts';
import { createSlaWatch } from '../incidents/sla-watch.ts';
import { savePerson } from '../people/people.ts';
import { silentLogger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';

const minute = 60_000;

let kit: CallKit;
let watch: Service;
let lead: number;

beforeEach(async () => {
  kit = await createCallKit();
  lead = kit.addPerson('Орлова', true);
  savePerson(kit.desk, { id: lead, name: 'Орлова', role: 'lead', email: '', phone: '', active: true }, null);
  kit.bind(kit.bot.routeId, { kind: 'person', id: lead }, 'Орлова');
  const { paging } = kit.composed;
  watch = createSlaWatch(kit.desk, silentLogger, paging.escalated);
  await watch.start(new AbortController().signal);
});
afterEach(async () => {
  await watch.stop();
  await kit.stop();
});

function opened(priority: 'normal' | 'high'): number {
  const { id } = openFromLetter(kit.desk, {
    title: 'Нет питания',
    applicant: { name: '', address: 'noc@operator.example' },
    registeredAt: startOfTest,
    channel: 'mail',
    accountId: 1,
  });
  kit.db.transact((revision) =>
    kit.desk.incidents.save({ ...kit.desk.incidents.require(id), priority, revision }),
  );
  return id;
}
const pages = () => kit.bot.sent.filter(({ address }) => address === 'Орлова');

test('an alarm nobody acknowledges calls the lead by their ladder, once, and their answer is heard at the desk', async () => {
  const id = opened('high');
  await kit.clock.advance(6 * minute);

  expect(pages()).toHaveLength(1);
  expect(pages()[0]).toMatchObject({ urgency: 'critical', verbs: ['accepted'] });
  expect(pages()[0]?.text).toMatch(/никто не подтвердил/);
  kit.press('Орлова', 'accepted');
  expect(kit.desk.alarms.sounding(lead).filter(({ incidentId }) => incidentId === id)).toEqual([]);
});

test('an incident of normal priority only sounds, unless the desk wants the lead called of all', async () => {
  opened('normal');
  await kit.clock.advance(6 * minute);
  expect(pages()).toEqual([]);

  kit.calls.settings.save({ pagesLead: 'always' }, kit.me);
  opened('normal');
  await kit.clock.advance(6 * minute);
  expect(pages()).toHaveLength(1);
});

test('whoever acknowledges at the desk stops the ladder of the lead', async () => {
  Object.assign(kit.desk, { onAlarmsAnswered: kit.composed.paging.answered });
  const id = opened('high');
  await kit.clock.advance(6 * minute);
  acknowledge(kit.desk, [id], kit.me);
  await kit.clock.advance(3 * minute);

  expect(pages()).toHaveLength(1);
  expect(kit.sms.sent).toEqual([]);
  expect(kit.stores.notifications.unansweredAlarms(id)).toEqual([]);
});
