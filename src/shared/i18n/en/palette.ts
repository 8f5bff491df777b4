import type { palette as ru } from '../ru/palette.ts';
import type { Words } from '../words.ts';

export const palette: Words<typeof ru> = {
  title: 'Commands and search',
  placeholder: 'Action, code, words of a letter',
  actions: 'Actions',
  incidents: 'Incidents and letters',
  nothing: 'Nothing found',
  theme: 'Theme: {{name}}',
  language: 'Language: {{name}}',
  help: {
    title: 'Keys',
    on: 'Single-letter keys are on',
    onText: 'Keys go by position: any layout works. Ctrl combinations and Esc always work.',
    press: 'Press the new key',
    change: 'Change: {{name}}',
    off: 'Switch off: {{name}}',
    reset: 'As it was',
    resetAll: 'Restore all',
    disabled: 'off',
    taken: 'This key is taken: {{name}}',
  },
};
