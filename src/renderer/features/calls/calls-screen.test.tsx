import { useState } from 'react';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import { makeCall, makeCallView, makeSuggestion } from '../../../../test/support/sample-calls.ts';
import { nightClimb } from '../../../../test/support/sample-notices.ts';
import type { CallLine, CallView, CallWord } from '../../../shared/contract/calls.ts';
import type { CallsPart } from '../../lib/router.ts';
import { CallLines } from './call-lines.tsx';
import { CallsScreen } from './calls-screen.tsx';

const now = Date.now();
const clock = { kind: 'accept', startedAt: now - 600_000, dueAt: now + 300_000, endedAt: null } as const;

type Setup = {
  readonly calls?: readonly CallLine[];
  readonly view?: Partial<CallView>;
  readonly callId?: number | null;
  readonly part?: CallsPart;
  readonly scheme?: 'dark' | 'light';
};

async function openCalls({ calls = [], view, callId = null, part = 'board', scheme = 'dark' }: Setup) {
  const sent: { readonly path: string; readonly input: unknown }[] = [];
  const shown = { calls };
  const keep =
    (path: string, answer: unknown = {}) =>
    (input: unknown) => {
      sent.push({ path, input });
      return answer;
    };
  const page = createFakePage(
    {
      'calls.board': () => shown,
      'calls.list': () => shown,
      'calls.get': ({ id }: { readonly id: number }) => ({ call: makeCallView({ id, ...view }) }),
      'calls.mark': keep('mark', { undo: 5 }),
      'calls.say': keep('say', { notificationId: 1 }),
      'calls.passOn': keep('passOn'),
      'calls.cancel': keep('cancel'),
      'calls.seen': keep('seen'),
      'assets.lists': () => ({ regions: [], operators: [], groups: [], total: 0 }),
      'technicians.list': () => ({ technicians: [], skills: [], zone: 'Europe/Moscow' }),
      'technicians.suggest': keep('suggest', {
        suggestions: [makeSuggestion({ contactId: 8, name: 'Пётр Ильин' })],
      }),
      'ladders.preview': () => ({ parties: [] }),
      'notifications.climb': () => nightClimb(),
    },
    scheme,
  );
  function Harness() {
    const [place, setPlace] = useState({ part, callId });
    return (
      <div style={{ height: 760, width: 1220 }}>
        <CallsScreen
          {...place}
          onGo={(next, id) => setPlace({ part: next, callId: id })}
          onCall={() => sent.push({ path: 'call', input: null })}
          onCallAgain={() => undefined}
        />
      </div>
    );
  }
  const screen = await render(
    <page.Page>
      <Harness />
    </page.Page>,
  );
  const change = (next: readonly CallLine[]): void => {
    shown.calls = next;
    page.tell('call');
  };
  return { screen, sent, change };
}

test('an empty board says what will stand on it and lets somebody be called', async () => {
  const { screen, sent } = await openCalls({});

  await expect.element(screen.getByText('Вызовов нет')).toBeVisible();
  await screen
    .getByRole('button', { name: /Вызвать техника/ })
    .first()
    .click();

  expect(sent).toEqual([{ path: 'call', input: null }]);
});

test('a card tells place, technician, turn, what runs and what was said last', async () => {
  const call = makeCall({
    id: 3,
    number: 12,
    urgency: 'critical',
    turn: 2,
    clock,
    silentAt: now + 60_000,
    unseen: 1,
    incidentCode: 'PLT-9',
    lastAnswer: { at: now - 60_000, verb: null, text: 'Пробки, задержусь', files: 2, hasPlace: false },
  });
  const { screen } = await openCalls({ calls: [call] });

  const card = screen.getByRole('link', { name: /№ 12/ });
  for (const words of [
    /Критичный/,
    /Площадка 3/,
    /Олег Самойлов/,
    /2-й по счёту/,
    /следующему через/,
    /Пробки, задержусь · 2 файла/,
    /Инцидент PLT-9/,
  ]) {
    await expect.element(card).toMatchTextContent(words);
  }
  await expect.element(card.getByRole('img', { name: '1 новый ответ' })).toBeVisible();
});

test('a card that nobody else is asked after says that the dispatcher decides', async () => {
  const calls = [makeCall({ id: 3, number: 12, passesOn: false, silentAt: now + 60_000, unseen: 2 })];
  const { screen } = await openCalls({ calls });

  const card = screen.getByRole('link', { name: /№ 12/ });
  await expect.element(card).toMatchTextContent(/решать вам через/);
  await expect.element(card).toMatchTextContent(/ответил другой/);
});

test('a call moves to its column by itself', async () => {
  const { screen, change } = await openCalls({ calls: [makeCall({ id: 3 })] });
  await expect.element(screen.getByRole('region', { name: 'Ждут ответа, 1' })).toBeVisible();

  change([makeCall({ id: 3, state: 'on-the-way' })]);

  await expect.element(screen.getByRole('region', { name: 'В пути, 1' })).toBeVisible();
  await expect.element(screen.getByRole('region', { name: 'Ждут ответа, 0' })).toBeVisible();
});

test('J and K walk the board, arrows lead to the next column', async () => {
  const { screen } = await openCalls({
    calls: [makeCall({ id: 1 }), makeCall({ id: 2 }), makeCall({ id: 3, state: 'in-progress' })],
  });
  await expect.element(screen.getByRole('link', { name: /№ 1/ })).toBeVisible();

  await userEvent.keyboard('j');
  await expect.element(screen.getByRole('link', { name: /№ 1/ })).toHaveFocus();
  await userEvent.keyboard('j');
  await expect.element(screen.getByRole('link', { name: /№ 2/ })).toHaveFocus();
  await userEvent.keyboard('k{ArrowRight}');
  await expect.element(screen.getByRole('link', { name: /№ 3/ })).toHaveFocus();
});

const asked = {
  id: 1,
  contactId: 6,
  name: 'Анна Лукина',
  why: { by: 'hand' },
  askedAt: now - 900_000,
  silentAt: null,
  endedAt: now - 600_000,
  outcome: 'silent',
  reason: '',
  notificationId: 4,
  notificationState: 'not-reached',
} as const;
const again = {
  ...asked,
  id: 2,
  contactId: 7,
  name: 'Олег Самойлов',
  why: { by: 'suggested', ...makeSuggestion({ contactId: 7 }).reasons },
  endedAt: null,
  outcome: null,
  silentAt: now + 60_000,
} as const;

test('the page of a call tells who was asked, why each, and what became of it', async () => {
  const { screen } = await openCalls({
    callId: 3,
    calls: [makeCall({ id: 3 })],
    view: { turns: [asked, again] },
  });

  const turns = screen.getByRole('region', { name: 'Кого звали' });
  await expect.element(turns).toMatchTextContent(/1\. Анна Лукина — не ответил/);
  await expect.element(turns).toMatchTextContent(/выбрал диспетчер/);
  await expect.element(turns).toMatchTextContent(/2\. Олег Самойлов — ждём ответа/);
  await expect.element(turns).toMatchTextContent(/дежурит, свой регион, умеет, свободен/);
});

test('how somebody was called is unfolded step by step', async () => {
  const { screen } = await openCalls({ callId: 3, view: { turns: [asked] } });

  await screen.getByRole('button', { name: /^Как звали.*Анна Лукина/ }).click();

  await expect.element(screen.getByRole('list', { name: 'Шаги лестницы' })).toBeVisible();
});

test('words, a photo and a place stand in the conversation, and are seen once looked at', async () => {
  const word: Omit<CallWord, 'key' | 'text'> = {
    direction: 'in',
    at: now,
    contactId: 7,
    name: 'Олег Самойлов',
    personId: null,
    channel: 'telegram',
    verb: null,
    files: [],
    place: null,
    state: null,
    notificationId: null,
  };
  const photo = { sha256: 'a'.repeat(64), fileName: 'ввод.jpg', mimeType: 'image/jpeg', size: 1000 };
  const { screen, sent } = await openCalls({
    callId: 3,
    view: {
      unseen: 2,
      speaksBy: 'telegram',
      words: [
        { ...word, key: 'a1', text: 'Я на месте', verb: 'in-progress' },
        { ...word, key: 'a2', text: '', files: [photo], place: { latitude: 55.5, longitude: 37.25 } },
        { ...word, key: 'n3', direction: 'out', text: 'Спасибо', state: 'delivered' },
      ],
    },
  });

  const chat = screen.getByRole('log', { name: 'Разговор' });
  await expect.element(chat).toMatchTextContent(/Я на месте/);
  await expect.element(chat.getByRole('link', { name: 'Открыть ввод.jpg' })).toBeVisible();
  await expect.element(chat).toMatchTextContent(/55\.50000, 37\.25000/);
  await expect.element(chat.getByRole('img', { name: 'Доставлено' })).toBeVisible();
  await expect
    .poll(() => sent.filter(({ path }) => path === 'seen'), { timeout: 5000 })
    .toEqual([{ path: 'seen', input: { id: 3 } }]);
});

test('a message goes to whom the call is with, and what was said by telephone is written down', async () => {
  const { screen, sent } = await openCalls({ callId: 3, view: { state: 'accepted', speaksBy: 'sms' } });
  await expect.element(screen.getByText(/через SMS/)).toBeVisible();

  await screen.getByRole('textbox', { name: 'Сообщение технику' }).fill('Ключ у охраны');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect
    .poll(() => sent.at(-1))
    .toEqual({
      path: 'say',
      input: { id: 3, text: 'Ключ у охраны', files: [] },
    });
  await screen.getByRole('button', { name: 'Выехал' }).click();
  await expect
    .poll(() => sent.at(-1))
    .toEqual({
      path: 'mark',
      input: { id: 3, expected: 1, verb: 'on-the-way', reason: '' },
    });
});

test('a refusal, another one and taking back ask why and are sent with it', async () => {
  const { screen, sent } = await openCalls({ callId: 3, view: { turns: [asked] } });
  await screen.getByRole('button', { name: 'Отказался' }).click();
  await screen.getByLabelText('Причина').fill('заболел');
  await screen.getByRole('button', { name: 'Записать отказ' }).click();
  await expect
    .poll(() => sent.at(-1))
    .toEqual({
      path: 'mark',
      input: { id: 3, expected: 1, verb: 'cannot', reason: 'заболел' },
    });

  await screen.getByRole('button', { name: 'Звать другого' }).click();
  await expect.element(screen.getByRole('radio', { name: /Пётр Ильин/ })).toBeChecked();
  expect(sent.at(-1)).toEqual({ path: 'suggest', input: { regionId: null, skillId: null, exclude: [6] } });
  await screen.getByRole('button', { name: 'Звать', exact: true }).click();
  await expect
    .poll(() => sent.at(-1))
    .toEqual({
      path: 'passOn',
      input: { id: 3, expected: 1, contactId: null, reason: '' },
    });

  await screen.getByRole('button', { name: 'Отозвать вызов' }).click();
  await screen.getByLabelText('Почему').fill('включили');
  await screen.getByRole('button', { name: 'Отозвать', exact: true }).click();
  await expect
    .poll(() => sent.at(-1))
    .toEqual({
      path: 'cancel',
      input: { id: 3, expected: 1, reason: 'включили' },
    });
});

test('a call that has ended takes no more words', async () => {
  const { screen } = await openCalls({
    callId: 3,
    view: { state: 'completed', endedAt: now, acceptedAt: now - 100 },
  });

  await expect.element(screen.getByText(/писать в него больше нельзя/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Вызвать снова' })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Отозвать вызов' })).not.toBeInTheDocument();
});

test('the card of an incident has a line for each open call and one for those that ended', async () => {
  const page = createFakePage({
    'calls.list': () => ({
      calls: [
        makeCall({ id: 3, number: 12, state: 'on-the-way' }),
        makeCall({ id: 2, number: 11, state: 'completed', endedAt: 5 }),
      ],
    }),
  });
  const screen = await render(
    <page.Page>
      <ul>
        <CallLines incidentId={9} />
      </ul>
    </page.Page>,
  );

  await expect.element(screen.getByText('Вызов № 12: Олег Самойлов, в пути')).toBeVisible();
  await expect
    .element(screen.getByRole('link', { name: 'Открыть вызов № 12' }))
    .toHaveAttribute('href', '#/calls/3');
  await screen.getByRole('button', { name: 'Показать' }).click();
  await expect.element(screen.getByText('Вызов № 11: Олег Самойлов, выполнен')).toBeVisible();
});

test.each(['dark', 'light'] as const)('nobody is kept out of calls in the %s theme', async (scheme) => {
  const calls = [
    makeCall({ id: 3, clock, urgency: 'urgent', sounding: true }),
    makeCall({ id: 4, state: 'declined', endedAt: now }),
  ];
  const { screen } = await openCalls({ calls, scheme, view: { turns: [asked, again] } });
  await expect.element(screen.getByRole('link', { name: /№ 3/ })).toBeVisible();
  expect(await findBarriers()).toEqual([]);

  await userEvent.click(screen.getByRole('tab', { name: 'Все вызовы' }));
  await screen.getByRole('button', { name: 'Вызов № 3' }).click();
  await expect.element(screen.getByRole('region', { name: 'Кого звали' })).toBeVisible();
  expect(await findBarriers()).toEqual([]);
});
