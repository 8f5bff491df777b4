/** The sections of the settings in the order they stand; a new one needs a panel in settings-screen.tsx and its words. */
export const settingsGroups = [
  { key: 'channels', tabs: ['mail', 'telegram', 'rules'] },
  { key: 'reaching', tabs: ['routes', 'ladders', 'groups', 'calls'] },
  { key: 'work', tabs: ['lists', 'clocks', 'templates', 'shift', 'lists-file'] },
  { key: 'keeping', tabs: ['backups', 'recovery', 'storage', 'moving', 'notices', 'journal', 'support'] },
  { key: 'workplace', tabs: ['desk', 'look'] },
] as const;

export type SettingsTab = (typeof settingsGroups)[number]['tabs'][number];

export const settingsTabs: readonly SettingsTab[] = settingsGroups.flatMap(({ tabs }) => [...tabs]);
