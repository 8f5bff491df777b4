import { useDesk } from '../../lib/desk.ts';
import { useTelegramErrorText } from '../../lib/telegram-text.ts';
import { useCommand } from '../../lib/use-command.ts';

/** As useCommand, with Telegram's words for what went wrong. */
export function useTelegramCommand(): <T>(run: () => Promise<T>, done?: string) => Promise<T | undefined> {
  const { toasts } = useDesk();
  const command = useCommand();
  const errorText = useTelegramErrorText();
  return (run, done) =>
    command(run, {
      done,
      onError: (error) => {
        toasts.show({ text: errorText(error), tone: 'error' });
        return true;
      },
    });
}
