import { afterEach, beforeEach, expect, test } from 'vitest';
import { noticeFilterOf } from '../support/notice-filter.ts';
import { provisionFor, startDesk, type Desk } from '../support/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ provision: provisionFor(undefined) });
});
afterEach(() => desk.stop());

test('the page composes from a template, sees the climb and why it ended, and takes the list away as a file', async () => {
  const page = await desk.page();
  const { id: contactId } = await page.directory.save({
    kind: 'technician',
    name: 'Олег Самойлов',
    organisation: '',
    phone: '+7 900 555-01-02',
    email: 'oleg@crew.example',
    note: '',
    active: true,
    addresses: [],
  });
  const { id: incidentId } = await page.incidents.open({
    title: 'Нет питания',
    description: '',
    applicantName: '',
    applicantPhone: '',
    applicantAddress: '',
    asset: '',
    typeId: null,
    assigneeId: null,
  });
  const { id: templateId } = await page.notifications.saveTemplate({
    id: null,
    name: 'Авария',
    title: '{{code}}',
    text: '{{title}}, выезжайте {{unheardOf}}',
  });
  const words = await page.notifications.render({ templateId, incidentId });
  expect(words).toMatchObject({ text: 'Нет питания, выезжайте {{unheardOf}}', unknown: ['unheardOf'] });

  const { ids } = await page.notifications.compose({
    to: [{ kind: 'contact', id: contactId }],
    urgency: 'urgent',
    title: words.title,
    text: 'Выезжайте',
    incidentId,
  });
  const { climbs } = await page.notifications.ofIncident({ incidentId });

  // No way of sending is set up: each step says so, and the dispatcher hears that nobody was reached.
  expect(climbs.map(({ row }) => [row.id, row.state])).toEqual([[ids[0], 'not-reached']]);
  expect(climbs[0]?.steps.map(({ end, errorCode }) => [end, errorCode])).toContainEqual([
    'failed',
    'no-route',
  ]);
  expect(await page.notifications.counts({})).toMatchObject({ open: 0, alarms: 1 });
  const listed = await page.notifications.list({ filter: noticeFilterOf({ text: 'самойлов' }) });
  expect(listed).toMatchObject({ total: 1, next: null, rows: [{ incident: { id: incidentId } }] });

  const { id } = await page.notifications.startExport({
    filter: noticeFilterOf({ incidentId }),
    format: 'csv',
    language: 'ru',
  });
  await expect.poll(async () => (await page.reports.exportState({ id })).state).toBe('ready');
  const file = await desk.backend.web(new Request(`http://pult.test/export/${id}`));
  expect(await file.text()).toContain('Олег Самойлов');
});
