import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../shared/contract/calls.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import type { CallsPart } from '../../lib/router.ts';
import { Button } from '../../ui/button.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Board } from './board.tsx';
import { CallList } from './call-list.tsx';
import { CallPage } from './call-page.tsx';
import styles from './calls.module.css';
import { OnCallScreen } from './on-call/on-call-screen.tsx';
import { SkillsTab } from './skills-tab.tsx';

/** Calls to technicians: what goes on now, all there were, and who is on call. */
export function CallsScreen({
  part,
  callId,
  onGo,
  onCall,
  onCallAgain,
}: {
  readonly part: CallsPart;
  readonly callId: number | null;
  /** `replace` leaves no step to go back to. */
  readonly onGo: (part: CallsPart, callId: number | null, replace?: boolean) => void;
  readonly onCall: () => void;
  /** The same once more: for its incident or asset. */
  readonly onCallAgain: (call: CallView) => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const hasCall = (part === 'board' || part === 'list') && callId !== null;
  useShortcut('back', () => (hasCall ? onGo(part, null, true) : false));
  const open = (id: number): void => onGo(part, id, true);

  const parts: Record<CallsPart, () => ReactNode> = {
    board: () => <Board openId={callId} onCall={onCall} onOpen={open} />,
    list: () => <CallList openId={callId} onOpen={open} />,
    'on-call': () => <OnCallScreen />,
    skills: () => <SkillsTab />,
  };
  return (
    <section className={styles.screen} aria-label={t('calls.title')}>
      <h1 className="visually-hidden">{t('calls.title')}</h1>
      <Tabs
        label={t('calls.tabs.label')}
        value={part}
        onChange={(key) => onGo(key as CallsPart, null, true)}
        tabs={(['board', 'list', 'on-call', 'skills'] as const).map((key) => ({
          key,
          label: t(`calls.tabs.${key}`),
        }))}
        trailing={
          <div className={styles.tabActions}>
            <Button kind="primary" keys={keys('call')} onClick={onCall}>
              {t('calls.call')}
            </Button>
          </div>
        }
      >
        <div className={styles.split} data-open={hasCall || undefined}>
          {parts[part]()}
          {hasCall ? (
            <CallPage
              key={callId}
              callId={callId}
              onClose={() => onGo(part, null, true)}
              onCallAgain={onCallAgain}
            />
          ) : null}
        </div>
      </Tabs>
    </section>
  );
}
