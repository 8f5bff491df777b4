import PostalMime, { type Email } from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/core/platform/clock.ts';
import { type EmbeddedMail, startEmbeddedMail } from '../../src/core/training/embedded-mail.ts';
import { type BotApi, startBotApi } from '../../src/core/training/services/bot-api.ts';
import { type StoredFile, file as storedFile } from '../../src/shared/contract/common.ts';
import type { PultContract } from '../../src/shared/contract/index.ts';
import type { Client } from '../../src/shared/rpc/define.ts';
import { type Desk, provisionFor, startDesk } from '../support/desk.ts';

const soon = { timeout: 20_000 };
const pavlov = 700;
const kuzin = 'kuzin@crew.example';
const route = { secrets: {}, proxy: '', timeoutMs: 15_000, perMinute: 600, price: 0, dailyLimit: null };
const step = { address: '', waitFor: 'acknowledged', waitSeconds: 600, retries: 0 } as const;

let api: BotApi;
let mail: EmbeddedMail;
let desk: Desk;
let page: Client<PultContract>;
const letters: { readonly to: string; readonly letter: Email }[] = [];

beforeAll(async () => {
  api = await startBotApi({ clock: systemClock });
  mail = await startEmbeddedMail({
    account: { address: 'desk@towers.example', password: 'secret' },
    clock: systemClock,
  });
  mail.onSubmitted(({ recipients, raw }) => {
    void PostalMime.parse(raw).then((letter) => letters.push({ to: recipients[0] ?? '', letter }));
  });
  const server = { host: mail.host, imap: mail.ports.imap, smtp: mail.ports.smtp };
  desk = await startDesk({ provision: provisionFor(server) });
  page = await desk.page();
});

afterAll(async () => {
  await desk.stop();
  await mail.stop();
  await api.stop();
});

/** As the page does it: the bytes first, then their name. */
async function upload(
  fileName: string,
  mimeType: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<StoredFile> {
  const answer = await desk.backend.web(
    new Request('http://desk.example/upload', {
      method: 'POST',
      headers: { 'x-file-name': encodeURIComponent(fileName), 'content-type': mimeType },
      body: bytes,
    }),
  );
  return storedFile.parse({ fileName, mimeType, ...((await answer.json()) as object) });
}

async function addTechnician(name: string, email: string, channel: 'telegram' | 'email') {
  const blank = { kind: 'technician', organisation: '', phone: '', note: '', active: true } as const;
  const { id } = await page.directory.save({ ...blank, name, email });
  const owner = { kind: 'contact', id } as const;
  const ladder = { urgency: 'urgent', repeatMinutes: null, mostRounds: 1, next: null } as const;
  await page.ladders.save({ owner, ladder: { ...ladder, steps: [{ ...step, channel }] } });
  return id;
}

const call = (contactId: number, files: readonly StoredFile[]) =>
  page.calls.create({
    incidentId: null,
    assetId: null,
    place: 'Опора 7742',
    description: 'Сгорел ввод',
    urgency: 'urgent',
    skillId: null,
    regionId: null,
    contactId,
    passesOn: false,
    workKind: '',
    files: [...files],
  });
const pictures = () => api.seen(pavlov).flatMap(({ from, file }) => (from === 'bot' && file ? [file] : []));

test('photos of a call and of its conversation go by the bot, byte for byte, and are kept with the call', async () => {
  const { id: routeId } = await page.routes.save({
    ...route,
    id: null,
    kind: 'bot',
    name: 'Бот смены',
    settings: { baseUrl: api.url },
    secrets: { token: api.token },
  });
  await page.routes.setEnabled({ id: routeId, enabled: true });
  const contactId = await addTechnician('Павлов', '', 'telegram');
  const { url } = await page.bindings.createLink({ party: { kind: 'contact', id: contactId }, routeId });
  api.start(pavlov, new URL(url).searchParams.get('start') ?? '', 'Роман');
  const bound = async () =>
    (await page.bindings.list({ party: { kind: 'contact', id: contactId } })).bindings;
  await expect.poll(async () => (await bound()).length, soon).toBe(1);
  const before = new TextEncoder().encode('щит до ремонта');
  const after = new TextEncoder().encode('схема щита');

  const photo = await upload('щит.jpg', 'image/jpeg', before);
  const { id } = await call(contactId, [photo]);
  await expect.poll(() => pictures().length, soon).toBe(1);
  const plan = await upload('схема.pdf', 'application/pdf', after);
  await page.calls.say({ id, text: '', files: [plan] });
  await expect.poll(() => pictures().length, soon).toBe(2);

  expect(pictures().map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
    ['щит.jpg', 'щит до ремонта'],
    ['схема.pdf', 'схема щита'],
  ]);
  const { call: seen } = await page.calls.get({ id });
  expect(seen.files).toEqual([photo]);
  expect(seen.words.flatMap(({ files }) => files)).toEqual([plan]);
});

test('photos of a call and of a notification go by letter', async () => {
  const [account] = (await page.accounts.list({})).accounts;
  const { id: routeId } = await page.routes.save({
    ...route,
    id: null,
    kind: 'email',
    name: 'Почта',
    settings: { account: String(account!.id) },
  });
  await page.routes.setEnabled({ id: routeId, enabled: true });
  const contactId = await addTechnician('Кузин', kuzin, 'email');
  const photo = await upload('щит.jpg', 'image/jpeg', new TextEncoder().encode('щит до ремонта'));

  await call(contactId, [photo]);
  await page.notifications.compose({
    to: [{ kind: 'contact', id: contactId }],
    urgency: 'urgent',
    title: 'Схема',
    text: 'Смотрите фото',
    files: [photo],
  });

  await expect.poll(() => letters.filter(({ to }) => to === kuzin).length, soon).toBe(2);
  for (const { letter } of letters.filter(({ to }) => to === kuzin)) {
    expect(
      letter.attachments.map(({ filename, mimeType, content }) => [
        filename,
        mimeType,
        Buffer.from(content as ArrayBuffer).toString(),
      ]),
    ).toEqual([['щит.jpg', 'image/jpeg', 'щит до ремонта']]);
  }
});
