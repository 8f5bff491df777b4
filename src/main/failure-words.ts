import { AppError } from '../shared/errors.ts';
import { error as words } from '../shared/i18n/ru/errors.ts';

/** Why the desk cannot start, for a box without a page: Russian where the dictionary knows the case, else the message. */
export function failureWords(error: unknown): string {
  if (!(error instanceof AppError)) return error instanceof Error ? error.message : String(error);
  const reasons: Readonly<Record<string, string>> = words.reason;
  const told = reasons[error.reason ?? ''] ?? error.message;
  const { path } = error.details;
  return typeof path === 'string' ? `${told}\n${path}` : told;
}
