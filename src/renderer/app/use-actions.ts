import { useTranslation } from 'react-i18next';
import { useKeys } from '../lib/hotkeys.ts';
import { shortcutIds, type ShortcutId } from '../lib/shortcuts.ts';
import type { PaletteAction } from '../features/palette/palette.tsx';
import type { AppDesk } from './create-desk.ts';

/** Of no use by name: they are about moving or about the palette itself. */
const unnamed: ReadonlySet<ShortcutId> = new Set([
  ...(['next', 'previous', 'open', 'back', 'palette', 'send'] as const),
  ...(['markBold', 'markItalic', 'markStrike', 'markCode', 'markLink'] as const),
]);

/** What the palette offers: every key that something answers to now, and the looks. */
export function useActions(desk: AppDesk): readonly PaletteAction[] {
  const { t } = useTranslation();
  const keys = useKeys();
  const { hotkeys, preferences } = desk;
  const byKey = shortcutIds
    .filter((id) => !unnamed.has(id) && hotkeys.handles(id))
    .map((id) => ({
      key: id,
      label: t(`keys.${id}`),
      keys: keys(id),
      run: () => void hotkeys.run(id),
    }));
  const themes = (['dark', 'light', 'system'] as const).map((theme) => ({
    key: `theme-${theme}`,
    label: t('palette.theme', { name: t(`frame.person.${theme}`) }),
    run: () => preferences.set({ theme }),
  }));
  const languages = (['ru', 'en'] as const).map((language) => ({
    key: `language-${language}`,
    label: t('palette.language', { name: t(`frame.person.${language}`) }),
    run: () => preferences.set({ language }),
  }));
  return [...byKey, ...themes, ...languages];
}
