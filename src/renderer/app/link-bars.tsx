import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useSecond } from '../lib/ticker.ts';
import { useFormat } from '../lib/use-format.ts';
import { Bar } from './bar.tsx';
import type { AppDesk } from './create-desk.ts';

/** A hiccup shorter than this is not worth a word. */
const graceMs = 1500;

/** Whether the page and the desk still hear each other, and are of one build. */
export function LinkBars({ desk }: { readonly desk: AppDesk }) {
  const { t } = useTranslation();
  const link = useStore(desk.shell, (state) => state.link);
  const [firstBuild, setFirstBuild] = useState(link.build);
  if (firstBuild === undefined && link.build !== undefined) setFirstBuild(link.build);
  const otherBuild = firstBuild !== undefined && link.build !== undefined && link.build !== firstBuild;

  return (
    <>
      {link.status === 'lost' ? <LostBar desk={desk} /> : null}
      {otherBuild ? (
        <Bar tone="risk" action={t('frame.bar.reload')} onAction={() => location.reload()}>
          {t('frame.bar.otherBuild')}
        </Bar>
      ) : null}
    </>
  );
}

function LostBar({ desk }: { readonly desk: AppDesk }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const { since, reason } = useStore(desk.shell, (state) => state.link);
  if (reason === 'denied') return <Bar tone="over">{t('frame.bar.denied')}</Bar>;
  if (now - since < graceMs) return null;
  return (
    <Bar tone="over" action={t('frame.bar.reconnect')} onAction={desk.reconnect}>
      {t('frame.bar.lost', { age: format.age(now - since) })}
    </Bar>
  );
}
