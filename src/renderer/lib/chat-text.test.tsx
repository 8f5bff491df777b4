import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createFakeDesk } from '../../../test/support/fake-desk.tsx';
import { renderDesk } from '../../../test/support/render-desk.tsx';
import type { ChatEntity } from '../../shared/contract/chats.ts';
import { ChatText } from './chat-text.tsx';

async function show(text: string, entities: readonly ChatEntity[] = []) {
  const opened: string[] = [];
  const { desk } = createFakeDesk({
    'shell.openExternal': ({ url }: { readonly url: string }) => {
      opened.push(url);
      return {};
    },
  });
  const screen = await renderDesk(
    desk,
    <div data-testid="box">
      <ChatText text={text} entities={entities} />
    </div>,
  );
  return { opened, box: screen.getByTestId('box').element() as HTMLElement };
}

test('markup in a message is letters, not elements', async () => {
  const { box } = await show('<img src=x onerror="alert(1)"> <b>не жирный</b>');

  expect(box.textContent).toBe('<img src=x onerror="alert(1)"> <b>не жирный</b>');
  expect(box.querySelector('img, b')).toBeNull();
});

test('characters that turn the reading direction do not reach the page', async () => {
  const { box } = await show('Смотри \u202Egpj.exe\u202C и \u2066x\u2069\u0000');

  expect(box.textContent).toBe('Смотри gpj.exe и x');
});

test('they do not hide in a marked piece either, and do not shift the marks', async () => {
  const { box } = await show('\u202Eab cd', [{ kind: 'bold', offset: 4, length: 2 }]);

  expect(box.querySelector('strong')?.textContent).toBe('cd');
});

test('a link opens through the shell and says its true address', async () => {
  const { opened, box } = await show('Вход: bank.example', [
    { kind: 'link', offset: 6, length: 12, url: 'https://evil.example/steal' },
  ]);

  await userEvent.click(page.getByRole('link', { name: 'bank.example' }));

  expect(opened).toEqual(['https://evil.example/steal']);
  expect(box.textContent).toContain('→ evil.example');
});

test('the full address shows on hover', async () => {
  await show('тут', [
    { kind: 'link', offset: 0, length: 3, url: 'https://tele-op.example/a/very/long?way=1' },
  ]);

  await userEvent.hover(page.getByRole('link', { name: 'тут' }));

  await expect.element(page.getByText('https://tele-op.example/a/very/long?way=1')).toBeVisible();
});

test('an address for another program is shown and leads nowhere', async () => {
  const { box } = await show('жми', [{ kind: 'link', offset: 0, length: 3, url: 'javascript:alert(1)' }]);

  expect(box.querySelector('a')).toBeNull();
  expect(box.querySelector('u')?.title).toBe('javascript:alert(1)');
});

test('a spoiler is shown when asked, with the keyboard too', async () => {
  const { box } = await show('Код 1234', [
    { kind: 'spoiler', offset: 4, length: 4 },
    { kind: 'bold', offset: 4, length: 4 },
  ]);
  const spoiler = page.getByRole('button', { name: 'Скрытый текст: показать' });
  expect(box.querySelector('strong')).toBeNull();

  (spoiler.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');

  await expect.poll(() => box.querySelector('strong')?.textContent).toBe('1234');
});

test('a monster of a message is cut until asked for', async () => {
  const { box } = await show('а'.repeat(200_000));
  expect(box.textContent!.length).toBeLessThan(3000);

  await userEvent.click(page.getByRole('button', { name: /Показать целиком/ }));

  await expect.poll(() => box.textContent!.length).toBe(200_000);
});
