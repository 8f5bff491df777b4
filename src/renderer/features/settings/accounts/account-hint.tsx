import { useTranslation } from 'react-i18next';
import type { AccountPreset } from '../../../../shared/contract/letters.ts';
import { Notice } from '../../../ui/notice.tsx';
import styles from '../settings.module.css';
import { useRuntimeText } from '../../../lib/runtime-text.ts';

/** What the person must do at the provider first, as steps. */
export function AccountHint({ preset }: { readonly preset: AccountPreset | undefined }) {
  const { t } = useTranslation();
  const runtimeText = useRuntimeText();
  const text = preset?.hint ? runtimeText(preset.hint) : undefined;
  if (text === undefined) return null;
  return (
    <Notice tone="info" title={t('settings.mail.hintTitle')}>
      <ol className={styles.steps}>
        {text.split('|').map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Notice>
  );
}
