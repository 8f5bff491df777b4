import { useTranslation } from 'react-i18next';
import type { ImportRun } from '../../../shared/contract/assets.ts';
import { AppError, errorCodes } from '../../../shared/errors.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { useFormat } from '../../lib/use-format.ts';

/** What made the import stop and ask, with its numbers; null when it did not. */
export function useGuardText(): (run: ImportRun) => string | null {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ guard, rows, guardOf, gone }) => {
    if (guard === null) return null;
    const key = guard === 'empty' && guardOf ? 'emptyOf' : guard;
    return t(`assetImport.guard.${key}`, {
      rows: format.number(rows),
      of: format.number(guardOf ?? 0),
      gone: format.number(gone),
    });
  };
}

/** Why a run failed; null when it did not. */
export function useRunErrorText(): (run: ImportRun) => string | null {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return ({ error }) => {
    if (error === null) return null;
    if (error === 'interrupted') return t('assetImport.runs.interrupted');
    const code = errorCodes.find((known) => known === error);
    return errorText(code ? new AppError(code) : new AppError('upstream', { details: { reason: error } }));
  };
}
