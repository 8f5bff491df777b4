import type { AppError } from '../../shared/errors.ts';
import { useErrorText } from './error-text.ts';
import { useHealthText } from './health-text.ts';
import { useRuntimeText } from './runtime-text.ts';

/** What is wrong with Telegram and what to do; mail has other words for `timeout` and its like. */
export function useTelegramTrouble(): (reason: string) => string {
  const runtimeText = useRuntimeText();
  const healthText = useHealthText();
  return (reason) => runtimeText(`telegramTrouble.${reason}`) ?? healthText({ reason });
}

/** As useErrorText, for what was asked of Telegram. */
export function useTelegramErrorText(): (error: AppError) => string {
  const runtimeText = useRuntimeText();
  const errorText = useErrorText();
  return (error) => runtimeText(`telegramTrouble.${error.reason ?? error.code}`) ?? errorText(error);
}
