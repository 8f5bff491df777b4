import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { TelegramTab } from '../features/telegram/telegram-tab.tsx';
import type { AppDesk } from './create-desk.ts';

export function SettingsPage({ desk, tab }: { readonly desk: AppDesk; readonly tab: string }) {
  return (
    <SettingsScreen
      tab={tab}
      onTab={(next) => desk.router.go({ page: 'settings', tab: next }, true)}
      telegram={<TelegramTab />}
      onShowKeys={() => void desk.hotkeys.run('help')}
    />
  );
}
