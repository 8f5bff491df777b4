import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../../ui/screen.tsx';
import { Sections } from '../../ui/sections.tsx';
import { MailTab } from './accounts/mail-tab.tsx';
import { CallsTab } from './calls/calls-tab.tsx';
import { ClocksTab } from './clocks/clocks-tab.tsx';
import { BackupsTab } from './backups-tab.tsx';
import { DeskTab } from './desk-tab.tsx';
import { JournalTab } from './journal-tab.tsx';
import { AlertsTab } from './keeping/alerts-tab.tsx';
import { ListsFileTab } from './keeping/lists-file-tab.tsx';
import { MovingTab } from './keeping/moving-tab.tsx';
import { RecoveryTab } from './keeping/recovery-tab.tsx';
import { RetentionTab } from './keeping/retention-tab.tsx';
import { SupportTab } from './keeping/support-tab.tsx';
import { ListsTab } from './lists/lists-tab.tsx';
import { LookTab } from './look-tab.tsx';
import { GroupsTab } from './reach/groups-tab.tsx';
import { LaddersTab } from './reach/ladders-tab.tsx';
import { RoutesTab } from './routes/routes-tab.tsx';
import { settingsGroups, settingsTabs, type SettingsTab } from './settings-tabs.ts';
import { RulesTab } from './rules-tab.tsx';
import { ShiftTab } from './shift/shift-tab.tsx';
import { TemplatesTab } from './templates/templates-tab.tsx';

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
    rules: () => <RulesTab />,
    routes: () => <RoutesTab />,
    ladders: () => <LaddersTab />,
    groups: () => <GroupsTab />,
    calls: () => <CallsTab />,
    lists: () => <ListsTab />,
    clocks: () => <ClocksTab />,
    templates: () => <TemplatesTab />,
    shift: () => <ShiftTab />,
    'lists-file': () => <ListsFileTab />,
    backups: () => <BackupsTab />,
    recovery: () => <RecoveryTab />,
    storage: () => <RetentionTab />,
    moving: () => <MovingTab />,
    notices: () => <AlertsTab />,
    support: () => <SupportTab />,
    journal: () => <JournalTab />,
    desk: () => <DeskTab />,
    look: () => <LookTab onShowKeys={onShowKeys} />,
  };

  return (
    <Screen title={t('settings.title')}>
      <Sections
        label={t('settings.title')}
        value={shown}
        onChange={(key) => {
          const next = settingsTabs.find((other) => other === key);
          if (next) onTab(next);
        }}
        groups={settingsGroups.map(({ key, tabs }) => ({
          key,
          label: t(`settings.groups.${key}`),
          sections: tabs.map((section) => ({ key: section, label: t(`settings.tabs.${section}`) })),
        }))}
      >
        {panels[shown]()}
      </Sections>
    </Screen>
  );
}
