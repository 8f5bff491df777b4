import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rpc } from '../../lib/desk.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { Climb } from '../../lib/notices/climb.tsx';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import styles from './page.module.css';

const kinds = ['notification'] as const;

/** How somebody was called: every step of their ladder, unfolded when it is asked for. */
export function TurnLadder({
  notificationId,
  name,
}: {
  readonly notificationId: number;
  readonly name: string;
}) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div>
        <Button kind="quiet" pressed={isOpen} onClick={() => setOpen(!isOpen)}>
          {t('calls.page.ladder')}
          <span className="visually-hidden">{`: ${name}`}</span>
        </Button>
      </div>
      {isOpen ? <Ladder notificationId={notificationId} /> : null}
    </>
  );
}

function Ladder({ notificationId }: { readonly notificationId: number }) {
  const errorText = useErrorText();
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.notifications.climb({ id: notificationId }, { signal }),
    [notificationId],
  );
  const { data, error } = useServerData(load, kinds);
  if (data) return <Climb climb={data} brief />;
  return error ? (
    <p role="alert" className={styles.faint}>
      {errorText(error)}
    </p>
  ) : null;
}
