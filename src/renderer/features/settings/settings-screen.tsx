import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../../ui/screen.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { MailTab } from './accounts/mail-tab.tsx';
import { BackupsTab } from './backups-tab.tsx';
import { DeskTab } from './desk-tab.tsx';
import { JournalTab } from './journal-tab.tsx';
import { ListsTab } from './lists/lists-tab.tsx';
import { LookTab } from './look-tab.tsx';
import { RulesTab } from './rules-tab.tsx';
import { TemplatesTab } from './templates-tab.tsx';

export const settingsTabs = [
  'mail',
  'telegram',
  'lists',
  'templates',
  'rules',
  'desk',
  'backups',
  'journal',
  'look',
] as const;
export type SettingsTab = (typeof settingsTabs)[number];

export function SettingsScreen({
  tab,
  onTab,
  onShowKeys,
  telegram,
}: {
  /** From the address; an unknown one shows the look. */
  readonly tab: string;
  readonly onTab: (tab: SettingsTab) => void;
  readonly onShowKeys: () => void;
  /** Another feature's tab. */
  readonly telegram: ReactNode;
}) {
  const { t } = useTranslation();
  const shown = settingsTabs.find((key) => key === tab) ?? 'look';
  const panels: Record<SettingsTab, () => ReactNode> = {
    mail: () => <MailTab />,
    telegram: () => telegram,
    lists: () => <ListsTab />,
    templates: () => <TemplatesTab />,
    rules: () => <RulesTab />,
    desk: () => <DeskTab />,
    backups: () => <BackupsTab />,
    journal: () => <JournalTab />,
    look: () => <LookTab onShowKeys={onShowKeys} />,
  };

  return (
    <Screen title={t('settings.title')}>
      <Tabs
        label={t('settings.title')}
        value={shown}
        onChange={(key) => {
          const next = settingsTabs.find((other) => other === key);
          if (next) onTab(next);
        }}
        tabs={settingsTabs.map((key) => ({ key, label: t(`settings.tabs.${key}`) }))}
      >
        {panels[shown]()}
      </Tabs>
    </Screen>
  );
}
