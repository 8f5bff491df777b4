import { expect, test } from './fixtures.ts';
import { createDeskPage } from './pages/desk-page.ts';
import { createSetupPage } from './pages/setup-page.ts';

test.use({ plan: { people: [], connected: false } });

test('the first run names a wrong password clearly, takes the right one, and letters come', async ({
  page,
  running,
  mailbox,
}) => {
  const desk = createDeskPage(page);
  const setup = createSetupPage(page);
  await desk.open(running.host().link);
  await expect(setup.title).toBeVisible();
  await setup.next();
  await setup.makePerson('Анна Ветрова');

  await setup.fillMailbox(mailbox, 'not the password');
  await setup.test();
  await expect(setup.refusal.first()).toContainText('Сервер не принял');
  await expect(setup.refusal.first()).toContainText('пароль');

  await setup.typePassword(mailbox.password);
  await setup.testAgain();
  await setup.connect();
  await expect(setup.connected).toContainText(mailbox.address);
  await setup.next();
  await setup.next();
  await setup.startShift();

  await expect(desk.queue.pane).toBeVisible();
  await mailbox.receive({ subject: 'Первое обращение', text: 'Здравствуйте.' });
  await expect(desk.queue.row('Первое обращение')).toContainText('Анна В.');
});
