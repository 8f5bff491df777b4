import { expect, test } from 'vitest';
import { createFakeDesk } from '../../../test/support/fake-desk.tsx';

const press = (
  code: string,
  key: string,
  more: KeyboardEventInit = {},
  target: Element = document.body,
): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true, ...more });
  Object.defineProperty(event, 'target', { value: target });
  return event;
};

function setUp() {
  const { desk } = createFakeDesk({});
  const heard: string[] = [];
  for (const id of ['next', 'goQueue', 'palette', 'help', 'back', 'open'] as const) {
    desk.hotkeys.register(id, () => void heard.push(id));
  }
  return { desk, heard };
}

test('a Russian layout presses the same keys', () => {
  const { desk, heard } = setUp();

  desk.hotkeys.handle(press('KeyJ', 'о'));
  desk.hotkeys.handle(press('Slash', ',', { shiftKey: true }));
  desk.hotkeys.handle(press('KeyK', 'л', { ctrlKey: true }));

  expect(heard).toEqual(['next', 'help', 'palette']);
});

test('G and a letter after it go somewhere', () => {
  const { desk, heard } = setUp();

  desk.hotkeys.handle(press('KeyG', 'п'));
  desk.hotkeys.handle(press('KeyQ', 'й'));

  expect(heard).toEqual(['goQueue']);
});

test('typing is typing: only Escape and Ctrl combinations reach the desk from a field', () => {
  const { desk, heard } = setUp();
  const field = document.createElement('input');

  desk.hotkeys.handle(press('KeyJ', 'j', {}, field));
  desk.hotkeys.handle(press('Escape', 'Escape', {}, field));
  desk.hotkeys.handle(press('KeyK', 'k', { ctrlKey: true }, field));

  expect(heard).toEqual(['back', 'palette']);
});

test('a choice just made by the mouse keeps its own keys and no letters', () => {
  const { desk, heard } = setUp();
  const choice = document.createElement('input');
  choice.type = 'radio';

  desk.hotkeys.handle(press('KeyJ', 'о', {}, choice));
  desk.hotkeys.handle(press('Enter', 'Enter', {}, choice));

  expect(heard).toEqual(['next']);
});

test('Enter on a button presses the button', () => {
  const { desk, heard } = setUp();

  desk.hotkeys.handle(press('Enter', 'Enter', {}, document.createElement('button')));

  expect(heard).toEqual([]);
});

test('a key can be moved or switched off, Escape can not', () => {
  const { desk, heard } = setUp();
  desk.preferences.set({ shortcuts: { next: 'KeyL', back: null } });

  desk.hotkeys.handle(press('KeyJ', 'j'));
  desk.hotkeys.handle(press('KeyL', 'l'));
  desk.hotkeys.handle(press('Escape', 'Escape'));

  expect(heard).toEqual(['next', 'back']);
});

test('switching single letters off leaves Ctrl combinations', () => {
  const { desk, heard } = setUp();
  desk.preferences.set({ shortcutsOn: false });

  desk.hotkeys.handle(press('KeyJ', 'j'));
  desk.hotkeys.handle(press('KeyK', 'k', { ctrlKey: true }));

  expect(heard).toEqual(['palette']);
});
