import { AccountWizard } from '../features/settings/accounts/account-wizard.tsx';
import { SetupWizard } from '../features/setup/setup-wizard.tsx';

/** The first start; the mailbox wizard of the settings serves here too. */
export function SetupPage({ onDone }: { readonly onDone: () => void }) {
  return <SetupWizard accountWizard={AccountWizard} onDone={onDone} />;
}
