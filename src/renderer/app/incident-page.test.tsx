import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createFakeAnswers } from '../../../test/support/fake-answers.tsx';
import { makeRow } from '../../../test/support/fake-desk.tsx';
import { createFakePage } from '../../../test/support/fake-page.tsx';
import type { MessageView } from '../../shared/contract/incidents.ts';
import { AppError } from '../../shared/errors.ts';
import { createAnswerStore } from '../features/answer/answer-store.ts';
import { createComposerStore } from '../features/composer/composer-store.ts';
import { IncidentPage } from './incident-page.tsx';

const noon = Date.UTC(2026, 10, 21, 9);

function message(part: Partial<MessageView> & { readonly id: number }): MessageView {
  return {
    kind: 'message',
    party: 'applicant',
    conversationId: 1,
    direction: 'in',
    channel: 'telegram',
    accountId: 1,
    chat: { id: 31, title: 'Волга АВР', messageId: 500 + part.id },
    subject: '',
    from: { name: 'Иван Жуков', address: '' },
    to: [],
    cc: [],
    bcc: [],
    replyTo: [],
    text: 'Питания нет\nфото ниже',
    hasHtml: false,
    hasRemote: false,
    sentAt: noon + part.id * 1000,
    receivedAt: noon + part.id * 1000,
    automatic: null,
    automaticEvidence: null,
    notes: [],
    link: { by: 'opened' },
    authorId: null,
    attachments: [],
    hasRaw: false,
    outbox: null,
    ...part,
  };
}

const letter = (part: Partial<MessageView> & { readonly id: number }): MessageView =>
  message({
    channel: 'mail',
    chat: null,
    subject: 'Нет питания',
    from: { name: 'Смена', address: 'noc@tele-op.example' },
    text: 'Письмо заявителя',
    ...part,
  });

const sentBy = (state: NonNullable<MessageView['outbox']>['state'], errorCode: string | null = null) => ({
  id: 70,
  state,
  notBefore: 0,
  errorCode,
  errorDetail: null,
  acceptedAt: null,
});

async function openIncident(entries: readonly MessageView[], card: object = {}) {
  const fake = createFakeAnswers();
  const begun: string[] = [];
  const outside: string[] = [];
  const openedChats: [number, number][] = [];
  const page = createFakePage({
    ...fake.answers,
    'incidents.card': () => ({
      row: makeRow({ id: 7, channel: 'telegram', registeredAt: noon }),
      description: '',
      applicantName: 'Иван Жуков',
      applicantAddress: '',
      applicantPhone: '',
      coordinates: null,
      categoryIds: [],
      nextStatusIds: [],
      accountId: null,
      ...card,
    }),
    'incidents.timeline': () => ({ entries, more: false }),
    'accounts.list': () => ({ accounts: [], presets: [] }),
    'drafts.forIncident': () => ({ draft: null }),
    'drafts.begin': ({ mode }: { mode: string }) => {
      begun.push(mode);
      throw new AppError('unavailable');
    },
    'shell.openExternal': ({ url }: { url: string }) => void outside.push(url),
  });
  const parts = {
    client: page.desk.rpc,
    upload: () => Promise.reject(new AppError('unavailable')),
    later(ms: number, run: () => void) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  };
  const screen = await render(
    <page.Page>
      <div style={{ height: 760, width: 640 }}>
        <IncidentPage
          incidentId={7}
          composer={createComposerStore(parts)}
          answers={createAnswerStore(parts)}
          onCall={() => undefined}
          onNotify={() => undefined}
          onOpenChat={(...place) => openedChats.push(place)}
        />
      </div>
    </page.Page>,
  );
  return { ...fake, screen, begun, outside, openedChats };
}

test('a message of a chat stands in the card with its lines, and leads to its place in the chat', async () => {
  const { screen, openedChats } = await openIncident([message({ id: 1 })]);
  await expect.element(screen.getByText('Иван Жуков', { exact: true }).first()).toBeVisible();
  const text = screen.getByText(/Питания нет/).first();
  expect(getComputedStyle(text.element()).whiteSpace).toBe('pre-wrap');

  await screen.getByRole('button', { name: 'Волга АВР' }).click();

  expect(openedChats).toEqual([[31, 501]]);
  expect(document.querySelector('iframe')).toBeNull();
});

test('R answers the last message where it was said, as a reply in that chat', async () => {
  const { screen, sent, begun } = await openIncident([letter({ id: 1 }), message({ id: 2 })]);
  await expect.element(screen.getByRole('textbox', { name: 'Сообщение в «Волга АВР»' })).toBeVisible();

  await userEvent.keyboard('r');
  await expect.element(screen.getByRole('textbox', { name: 'Сообщение в «Волга АВР»' })).toHaveFocus();
  await userEvent.keyboard('Выехали{Control>}{Enter}{/Control}');

  await expect.poll(() => sent).toMatchObject([{ chatId: 31, incidentId: 7, replyTo: 501, text: 'Выехали' }]);
  expect(begun).toEqual([]);
});

test('R on a message chosen by hand answers that one', async () => {
  const { screen, sent } = await openIncident([message({ id: 3, text: 'Где бригада?' }), message({ id: 4 })]);
  await screen.getByText('Где бригада?').click();

  await userEvent.keyboard('r');
  await userEvent.keyboard('Едет{Control>}{Enter}{/Control}');

  await expect.poll(() => sent).toMatchObject([{ replyTo: 503, text: 'Едет' }]);
});

test('where the last word came by letter, R writes a letter as before', async () => {
  const { screen, begun, sent } = await openIncident([message({ id: 1 }), letter({ id: 2 })]);
  await expect.element(screen.getByText('Письмо заявителя')).toBeVisible();

  await userEvent.keyboard('r');

  await expect.poll(() => begun).toEqual(['reply']);
  expect(sent).toEqual([]);
});

test('with a letter and a chat the person chooses, and the choice holds for the key', async () => {
  const { screen, begun } = await openIncident([letter({ id: 1 }), message({ id: 2 })]);
  await screen.getByText('Письмом').click();
  await expect.element(screen.getByRole('button', { name: /^Ответить/ }).last()).toBeVisible();

  await userEvent.keyboard('r');
  await expect.poll(() => begun).toEqual(['reply']);
});

test('where nobody can be written a letter, only the chat is offered', async () => {
  const { screen } = await openIncident([message({ id: 1 })]);
  await expect.element(screen.getByRole('textbox', { name: 'Сообщение в «Волга АВР»' })).toBeVisible();

  expect(screen.getByText('Письмом').query()).toBeNull();
  expect(screen.getByRole('button', { name: 'Переслать' }).query()).toBeNull();
});

test('ours say how far they got, and the tooltip how far Telegram can tell', async () => {
  const { screen } = await openIncident([
    message({ id: 1 }),
    message({ id: 2, direction: 'out', text: 'Выехали', outbox: sentBy('read') }),
    message({ id: 3, direction: 'out', text: 'Ждите', outbox: sentBy('failed', 'write-forbidden') }),
  ]);

  const read = screen.getByRole('img', { name: /^прочитано/ });
  await expect.element(read).toHaveTextContent('✓✓');
  await expect
    .element(read)
    .toHaveAttribute('title', 'прочитано. Telegram сообщает только: отправлено, прочитано.');
  await expect.element(screen.getByText(/В этот чат писать нельзя/)).toBeVisible();
});

test('coordinates of a place are shown to be copied and looked at outside', async () => {
  const { screen, outside } = await openIncident([message({ id: 1 })], {
    coordinates: { latitude: 55.751244, longitude: 37.618423 },
  });
  await expect.element(screen.getByText('55.75124, 37.61842')).toBeVisible();

  await screen.getByRole('button', { name: 'Показать на карте в браузере' }).click();

  await expect.poll(() => outside[0]).toContain('mlat=55.75124&mlon=37.61842');
});
