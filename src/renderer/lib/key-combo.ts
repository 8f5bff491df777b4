type Pressed = {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
};

const modifiers: ReadonlySet<string> = new Set([
  'ShiftLeft',
  'ShiftRight',
  'ControlLeft',
  'ControlRight',
  'AltLeft',
  'AltRight',
  'MetaLeft',
  'MetaRight',
]);

/** `Mod+Shift+KeyK` for what is pressed; null while only modifiers are down or Alt is (it types and opens menus). */
export function comboOf(event: Pressed): string | null {
  if (modifiers.has(event.code) || event.code === '' || event.altKey) return null;
  const code = event.code === 'NumpadEnter' ? 'Enter' : event.code;
  return `${event.ctrlKey || event.metaKey ? 'Mod+' : ''}${event.shiftKey ? 'Shift+' : ''}${code}`;
}

const names: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  Shift: '⇧',
  Enter: '↵',
  Escape: 'Esc',
  Space: '␣',
  Slash: '/',
  Period: '.',
  Comma: ',',
  BracketLeft: '[',
  BracketRight: ']',
  Semicolon: ';',
  Quote: "'",
  Minus: '-',
  Equal: '=',
  Backquote: '`',
  Backslash: '\\',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** As printed on the keys: `Ctrl K`, `⇧ R`, `G Q`, `?`. */
export function comboText(combo: string): string {
  if (combo === 'Shift+Slash') return '?';
  return combo
    .split(' ')
    .map((step) => step.split('+').map(keyName).join(' '))
    .join(' ');
}

function keyName(part: string): string {
  return names[part] ?? part.replace(/^(Key|Digit|Numpad)/, '');
}
