import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Request } from '@playwright/test';
import { makeBytes } from '../support/make-letter.ts';
import { expect, test } from './fixtures.ts';

/** Somebody else's server that counts who asks it for what. */
async function startTracker() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'image/svg+xml' });
    response.end('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, base, stop: () => new Promise((resolve) => server.close(resolve)) };
}

test('a hostile letter runs nothing, asks nobody for anything until told to, and its link opens outside', async ({
  desk,
  page,
  mailbox,
  running,
}) => {
  const { queue, card } = desk;
  const tracker = await startTracker();
  const opened = join(running.tools, 'opened');
  writeFileSync(join(running.tools, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > "${opened}"\n`);
  chmodSync(join(running.tools, 'xdg-open'), 0o755);
  const home = new URL(running.host().base).origin;
  const left: string[] = [];
  // The browser tells of a request its policy stopped as of any other; that one left nothing.
  const note = (request: Request) => {
    const url = request.url();
    if (request.failure()?.errorText !== 'csp' && !url.startsWith(home) && !/^(?:data|blob):/.test(url))
      left.push(url);
  };
  page.on('requestfinished', note);
  page.on('requestfailed', note);

  await mailbox.receive({
    subject: 'Враждебное письмо',
    html: `<script>top.document.title = 'взломано'</script>
      <style>@import url(${tracker.base}/style.css); p { background: url(${tracker.base}/background) }</style>
      <link rel="stylesheet" href="${tracker.base}/link.css"><base href="${tracker.base}/">
      <iframe src="${tracker.base}/frame"></iframe><object data="${tracker.base}/object"></object>
      <form action="${tracker.base}/form"><input name="пароль"><button>Войти</button></form>
      <img src="${tracker.base}/pixel.svg" alt="пиксель" onerror="top.document.title='взломано'" width="8" height="8">
      <p onclick="top.document.title='взломано'" style="background-image:url(${tracker.base}/inline)">Безобидный текст</p>
      <a href="javascript:top.document.title='взломано'">Не нажимай</a>
      <a href="${tracker.base}/page?a=1&amp;b=2">Обычная ссылка</a>`,
  });
  await queue.open('Враждебное письмо');
  const letter = card.frame('Враждебное письмо');
  await letter.getByText('Безобидный текст').click();

  await expect(
    letter.locator('script, iframe, object, form, link[rel=stylesheet], [onclick], [onerror]'),
  ).toHaveCount(0);
  await expect(page).not.toHaveTitle('взломано');
  expect(left).toEqual([]);
  expect(tracker.asked).toEqual([]);

  await letter.getByRole('link', { name: 'Обычная ссылка' }).click();
  await expect
    .poll(() => existsSync(opened) && readFileSync(opened, 'utf8'))
    .toBe(`${tracker.base}/page?a=1&b=2`);
  await expect(page).toHaveURL(/#\/queue\/\d+$/);
  expect(tracker.asked).toEqual([]);

  await card.showPictures.click();
  await expect.poll(() => tracker.asked).toEqual(['/pixel.svg']);
  await tracker.stop();
});

test('a file comes down and goes up without losing a byte', async ({ desk, page, mailbox }) => {
  const { queue, card, composer } = desk;
  const incoming = makeBytes(700_001, 3);
  const outgoing = makeBytes(900_007, 5);
  await mailbox.receive({
    subject: 'Акт и фотография',
    text: 'Во вложении.',
    attachments: [{ fileName: 'акт осмотра.bin', content: incoming }],
  });
  await queue.open('Акт и фотография');

  const download = page.waitForEvent('download');
  await card
    .letter('Во вложении.')
    .getByRole('link', { name: /акт осмотра\.bin/ })
    .click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('акт осмотра.bin');
  expect(readFileSync(await file.path()).equals(incoming)).toBe(true);

  await composer.begin();
  await composer.attach({ name: 'ответ.bin', mimeType: 'application/octet-stream', buffer: outgoing });
  await expect(composer.files).toContainText('ответ.bin');
  await composer.send();
  await expect.poll(async () => (await mailbox.sent()).length).toBe(1);
  const [attachment] = (await mailbox.sent())[0]?.attachments ?? [];
  expect(attachment?.name).toBe('ответ.bin');
  expect(attachment?.bytes.equals(outgoing)).toBe(true);
});
