import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Rpc } from '../../lib/desk.ts';
import { useKeys } from '../../lib/hotkeys.ts';
import type { NotificationsPart } from '../../lib/router.ts';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ListTab, useNoticeList } from './list-tab.tsx';
import { NoticeExport } from './notice-export.tsx';
import styles from './notifications.module.css';
import { StraysTab } from './strays-tab.tsx';
import { TemplatesTab } from './templates-tab.tsx';

const kinds = ['notification'] as const;
const loadCounts = (rpc: Rpc, signal: AbortSignal) => rpc.notifications.counts({}, { signal });

/** Who was told what, by which way, whether it came, and what they said. */
export function NotificationsScreen({
  part,
  openId,
  onGo,
  onOpenIncident,
  onNotify,
}: {
  readonly part: NotificationsPart;
  readonly openId: number | null;
  readonly onGo: (part: NotificationsPart, id: number | null) => void;
  readonly onOpenIncident: (incidentId: number) => void;
  readonly onNotify: () => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const screen = useRef<HTMLElement>(null);
  const list = useNoticeList(screen);
  const filter = useStore(list.store, (state) => state.filter);
  const { data: counts } = useServerData(loadCounts, kinds);
  const [exporting, setExporting] = useState(false);
  return (
    <section ref={screen} className={styles.screen} aria-label={t('notifications.title')}>
      <h1 className="visually-hidden">{t('notifications.title')}</h1>
      <Tabs
        label={t('notifications.tabs.label')}
        value={part}
        onChange={(key) => onGo(key as NotificationsPart, null)}
        tabs={[
          { key: 'list', label: t('notifications.tabs.list'), count: counts?.open },
          { key: 'answers', label: t('notifications.tabs.answers'), count: counts?.answers },
          { key: 'templates', label: t('notifications.tabs.templates') },
        ]}
        trailing={
          <div className={styles.tabActions}>
            {part === 'list' ? (
              <Button onClick={() => setExporting(true)}>{t('notifications.actions.export')}</Button>
            ) : null}
            <Button kind="primary" keys={keys('notify')} onClick={onNotify}>
              {t('notifications.compose.button')}
            </Button>
          </div>
        }
      >
        {part === 'list' ? (
          <ListTab
            list={list}
            openId={openId}
            onOpen={(id) => onGo('list', id)}
            onOpenIncident={onOpenIncident}
          />
        ) : part === 'answers' ? (
          <StraysTab />
        ) : (
          <TemplatesTab />
        )}
      </Tabs>
      {exporting ? <NoticeExport filter={filter} onClose={() => setExporting(false)} /> : null}
    </section>
  );
}
