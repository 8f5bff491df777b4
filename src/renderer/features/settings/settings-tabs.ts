/** The sections of the settings in the order they stand; a new one needs a panel in settings-screen.tsx and its words. */
export const settingsGroups = [
  { key: 'channels', tabs: ['mail', 'telegram', 'rules'] },
  { key: 'work', tabs: ['lists', 'templates', 'shift'] },
  { key: 'keeping', tabs: ['backups', 'journal'] },
  { key: 'workplace', tabs: ['desk', 'look'] },
] as const;

export type SettingsTab = (typeof settingsGroups)[number]['tabs'][number];

export const settingsTabs: readonly SettingsTab[] = settingsGroups.flatMap(({ tabs }) => [...tabs]);
