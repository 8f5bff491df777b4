import { useTranslation } from 'react-i18next';
import type { AssetSource } from '../../../shared/contract/assets.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { isSameServer, type SourceDraft, type SourceFault } from './source-form-state.ts';

/** Where to ask and with what key. A key that is kept is never shown, and goes to its own server only. */
export function SourceAddress({
  source,
  draft,
  errorOf,
  onChange,
}: {
  readonly source: AssetSource | undefined;
  readonly draft: SourceDraft;
  readonly errorOf: (field: SourceFault['field']) => string | undefined;
  readonly onChange: (part: Partial<SourceDraft>) => void;
}) {
  const { t } = useTranslation();
  const kept = source?.hasSecret ?? false;
  const isElsewhere = kept && source !== undefined && !isSameServer(source.url, draft.url.trim());
  const hint = !kept ? 'secretHint' : isElsewhere ? 'secretElsewhere' : 'secretKept';
  return (
    <>
      <Field
        label={t('assetImport.sources.form.url')}
        description={t('assetImport.sources.form.urlHint')}
        value={draft.url}
        onChange={(url) => onChange({ url })}
        error={errorOf('url')}
        maxLength={2000}
        autoComplete="off"
        mono
      />
      <Field
        label={t('assetImport.sources.form.authHeader')}
        description={t('assetImport.sources.form.authHint')}
        value={draft.authHeader}
        onChange={(authHeader) => onChange({ authHeader })}
        error={errorOf('authHeader')}
        maxLength={100}
        autoComplete="off"
        mono
      />
      <Field
        label={t('assetImport.sources.form.secret')}
        description={t(`assetImport.sources.form.${hint}`)}
        kind="password"
        value={draft.secret}
        onChange={(secret) => onChange({ secret, forget: false })}
        disabled={draft.forget}
        maxLength={4000}
        autoComplete="new-password"
      />
      {kept ? (
        <Checkbox
          label={t('assetImport.sources.form.forget')}
          checked={draft.forget}
          onChange={(forget) => onChange({ forget, ...(forget ? { secret: '' } : {}) })}
        />
      ) : null}
    </>
  );
}
