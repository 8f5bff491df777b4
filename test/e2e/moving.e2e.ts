import { expect, test } from './fixtures.ts';

test('one key moves a letter to the incident its headers name', async ({ desk, page, mailbox }) => {
  const { queue, card } = desk;
  const first = await mailbox.receive({ subject: 'Сгорел щит', text: 'Дым.' });
  await mailbox.receive({ subject: 'Упала ограда', text: 'Ветер.' });
  await queue.open('Упала ограда');
  await expect(card.letter('Ветер.')).toBeVisible();
  const code = await card.code();
  await mailbox.receive({ subject: `Re: ${code}`, text: 'Щит уже чинят.', inReplyTo: first });
  await expect(card.letter('Щит уже чинят.')).toBeVisible();

  await page.keyboard.press('KeyM');

  await expect(card.letter('Щит уже чинят.')).toBeHidden();
  await queue.open('Сгорел щит');
  await expect(card.letter('Щит уже чинят.')).toBeVisible();
});
