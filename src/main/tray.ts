import type { Menu, MenuItemConstructorOptions, Tray } from 'electron';

type Parts = {
  readonly createTray: () => Pick<Tray, 'setToolTip' | 'setTitle' | 'setContextMenu' | 'on' | 'destroy'>;
  readonly buildMenu: (items: MenuItemConstructorOptions[]) => Menu;
  readonly names: { readonly ru: string; readonly en: string };
  readonly isRussian: boolean;
  readonly open: () => void;
  readonly quit: () => void;
};

export type DeskTray = { setUnread(count: number): void; destroy(): void };

/** The desk while its window is closed: it goes on taking letters, and quitting is said aloud. */
export function createDeskTray({ createTray, buildMenu, names, isRussian, open, quit }: Parts): DeskTray {
  const words = isRussian
    ? { name: names.ru, open: 'Открыть', quit: 'Завершить работу' }
    : { name: names.en, open: 'Open', quit: 'Quit' };
  const tray = createTray();
  tray.setToolTip(words.name);
  tray.setContextMenu(
    buildMenu([
      { label: words.open, click: open },
      { type: 'separator' },
      { label: words.quit, click: quit },
    ]),
  );
  tray.on('click', open);
  return {
    setUnread(count) {
      tray.setToolTip(count > 0 ? `${words.name}: ${count}` : words.name);
      tray.setTitle(count > 0 ? String(count) : '');
    },
    destroy: () => tray.destroy(),
  };
}
