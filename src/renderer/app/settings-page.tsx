import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import type { AppDesk } from './create-desk.ts';

export function SettingsPage({ desk, tab }: { readonly desk: AppDesk; readonly tab: string }) {
  return (
    <SettingsScreen
      tab={tab}
      onTab={(next) => desk.router.go({ page: 'settings', tab: next }, true)}
      onShowKeys={() => void desk.hotkeys.run('help')}
    />
  );
}
