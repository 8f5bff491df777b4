import type { Page } from '@playwright/test';

const letters: Readonly<Record<string, string>> = {
  Backquote: 'ё',
  KeyQ: 'й',
  KeyW: 'ц',
  KeyE: 'у',
  KeyR: 'к',
  KeyT: 'е',
  KeyY: 'н',
  KeyU: 'г',
  KeyI: 'ш',
  KeyO: 'щ',
  KeyP: 'з',
  BracketLeft: 'х',
  BracketRight: 'ъ',
  KeyA: 'ф',
  KeyS: 'ы',
  KeyD: 'в',
  KeyF: 'а',
  KeyG: 'п',
  KeyH: 'р',
  KeyJ: 'о',
  KeyK: 'л',
  KeyL: 'д',
  Semicolon: 'ж',
  Quote: 'э',
  KeyZ: 'я',
  KeyX: 'ч',
  KeyC: 'с',
  KeyV: 'м',
  KeyB: 'и',
  KeyN: 'т',
  KeyM: 'ь',
  Comma: 'б',
  Period: 'ю',
  Slash: '.',
};

const named: Readonly<
  Record<string, { readonly key: string; readonly number: number; readonly text?: string }>
> = {
  Enter: { key: 'Enter', number: 13, text: '\r' },
  Escape: { key: 'Escape', number: 27 },
  Space: { key: ' ', number: 32, text: ' ' },
  Tab: { key: 'Tab', number: 9 },
  ArrowUp: { key: 'ArrowUp', number: 38 },
  ArrowDown: { key: 'ArrowDown', number: 40 },
};

type Stroke = {
  readonly key: string;
  readonly code: string;
  readonly text?: string;
  readonly number: number;
};

const bits = { Control: 2, Shift: 8 } as const;
export type Modifier = keyof typeof bits;

export type Keyboard = {
  /** By position, such as `KeyJ`, which here brings an `о`. */
  press(code: string, ...modifiers: readonly Modifier[]): Promise<void>;
  /** Russian letters, spaces and stops, key by key. */
  type(text: string): Promise<void>;
};

/** A keyboard with the Russian layout: Playwright's own knows no other than the American one. */
export async function openRussianKeyboard(page: Page): Promise<Keyboard> {
  const session = await page.context().newCDPSession(page);

  async function press(code: string, ...modifiers: readonly Modifier[]): Promise<void> {
    const shift = modifiers.includes('Shift');
    const { number, ...stroke } = strokeOf(code, shift);
    const typed = modifiers.includes('Control') ? {} : { text: stroke.text };
    const common = {
      key: stroke.key,
      code: stroke.code,
      windowsVirtualKeyCode: number,
      modifiers: modifiers.reduce((sum, modifier) => sum | bits[modifier], 0),
    };
    await session.send('Input.dispatchKeyEvent', {
      type: typed.text === undefined ? 'rawKeyDown' : 'keyDown',
      ...common,
      ...(typed.text === undefined ? {} : { text: typed.text }),
    });
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...common });
  }

  return {
    press,
    async type(text) {
      for (const char of text) {
        const lower = char.toLowerCase();
        const code = char === ' ' ? 'Space' : Object.keys(letters).find((other) => letters[other] === lower);
        if (code === undefined) throw new Error(`No key for ${char}`);
        await press(code, ...(char === lower ? [] : (['Shift'] as const)));
      }
    },
  };
}

function strokeOf(code: string, shift: boolean): Stroke {
  const known = named[code];
  if (known) return { code, ...known };
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return { code, key: digit, text: digit, number: 48 + Number(digit) };
  const letter = letters[code];
  if (letter === undefined) throw new Error(`No such key on this keyboard: ${code}`);
  const key = shift ? letter.toUpperCase() : letter;
  return { code, key, text: key, number: code.startsWith('Key') ? code.charCodeAt(3) : 0 };
}
