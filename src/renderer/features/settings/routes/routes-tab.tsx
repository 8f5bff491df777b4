import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reachChannels } from '../../../../shared/domain/reaching.ts';
import { routeKindNames, type RouteKind } from '../../../../shared/domain/route-kinds.ts';
import type { Rpc } from '../../../lib/desk.ts';
import { useErrorText } from '../../../lib/error-text.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Menu, type MenuItem } from '../../../ui/menu.tsx';
import styles from '../settings.module.css';
import { ChannelRoutes } from './channel-routes.tsx';
import { RouteEditor } from './route-editor.tsx';
import { formOf, freshForm, specOf } from './route-form.ts';

const kinds = ['route', 'notification', 'account', 'telegram'] as const;
const load = (rpc: Rpc, signal: AbortSignal) => rpc.routes.list({}, { signal });

/** What is sent by: by channel, in the order in which the ways of each are tried. */
export function RoutesTab() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { data, error, reload } = useServerData(load, kinds);
  const [open, setOpen] = useState<number | RouteKind | null>(null);
  const edited = data?.routes.find(({ id }) => id === open);

  if (error && !data) {
    return (
      <EmptyState
        tone="error"
        title={errorText(error)}
        action={<Button onClick={reload}>{t('common.retry')}</Button>}
      />
    );
  }
  if (edited || typeof open === 'string') {
    const kind = edited?.kind ?? (open as RouteKind);
    return (
      <section className={styles.narrow} aria-label={t('routes.title')}>
        <RouteEditor
          key={edited?.id ?? kind}
          initial={edited ? formOf(edited) : freshForm(kind, t(`routes.kind.${kind}`))}
          kept={edited?.secretNames ?? []}
          onClose={() => setOpen(null)}
        />
      </section>
    );
  }
  const routes = data?.routes ?? [];
  return (
    <section className={styles.wide} aria-label={t('routes.title')}>
      <p className={styles.faint}>{t('routes.help')}</p>
      <div>
        <AddMenu onAdd={setOpen} />
      </div>
      {data && routes.length === 0 ? (
        <EmptyState title={t('routes.empty')}>{t('routes.emptyText')}</EmptyState>
      ) : null}
      {reachChannels.map((channel) => {
        const own = routes.filter((route) => route.channel === channel);
        return own.length === 0 ? null : (
          <ChannelRoutes key={channel} channel={channel} routes={own} onOpen={setOpen} />
        );
      })}
      {routes.length > 0 ? <p className={styles.faint}>{t('routes.orderHint')}</p> : null}
    </section>
  );
}

function AddMenu({ onAdd }: { readonly onAdd: (kind: RouteKind) => void }) {
  const { t } = useTranslation();
  const items: readonly MenuItem[] = reachChannels.flatMap((channel): MenuItem[] => [
    { key: `of ${channel}`, heading: t(`ladders.channel.${channel}`) },
    ...routeKindNames
      .filter((kind) => specOf(kind).channel === channel)
      .map((kind) => ({ key: kind, label: t(`routes.kind.${kind}`), onSelect: () => onAdd(kind) })),
  ]);
  return (
    <Menu
      width={260}
      target={
        <Button kind="primary" icon={<Plus size={14} />}>
          {t('routes.add')}
        </Button>
      }
      items={items}
    />
  );
}
