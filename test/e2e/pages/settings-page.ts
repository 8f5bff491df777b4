import type { Page } from '@playwright/test';

/** The settings screen, as far as the tests go there. */
export function createSettingsPage(page: Page) {
  const backups = page.getByRole('table', { name: 'Резервные копии' });
  const dialog = page.getByRole('dialog', { name: /^Восстановить копию/ });
  return {
    tab: (name: string) => page.getByRole('tab', { name, exact: true }).click(),
    backups: backups.getByRole('row').filter({ hasText: 'вручную' }),
    dialog,
    click: (name: string) => page.getByRole('main').getByRole('button', { name }).first().click(),
    makeBackup: () => page.getByRole('button', { name: 'Сделать копию' }).click(),
    restore: () =>
      backups
        .getByRole('row')
        .filter({ hasText: 'вручную' })
        .first()
        .getByRole('button', { name: /^Восстановить/ })
        .click(),
    confirmRestore: () => dialog.getByRole('button', { name: 'Восстановить' }).click(),
  };
}
