import { useTranslation } from 'react-i18next';
import type { Route } from '../../../../shared/contract/routes.ts';
import type { ReachChannel } from '../../../../shared/domain/reaching.ts';
import { useDesk } from '../../../lib/desk.ts';
import { useCommand } from '../../../lib/use-command.ts';
import styles from '../settings.module.css';
import { RouteCard } from './route-card.tsx';

/** The ways of one channel; the first is tried first. */
export function ChannelRoutes({
  channel,
  routes,
  onOpen,
}: {
  readonly channel: ReachChannel;
  readonly routes: readonly Route[];
  readonly onOpen: (id: number) => void;
}) {
  const { t } = useTranslation();
  const { rpc, announcer } = useDesk();
  const command = useCommand();
  const name = t(`ladders.channel.${channel}`);

  function move(from: number, to: number): void {
    const route = routes[from];
    if (!route || to < 0 || to >= routes.length) return;
    const ids = routes.map(({ id }) => id);
    const next = ids.toSpliced(from, 1).toSpliced(to, 0, route.id);
    void command(() => rpc.routes.order({ channel, ids: next }), { done: t('routes.ordered') });
    announcer.say(t('routes.moved', { name: route.name, number: to + 1 }));
  }

  return (
    <section className={styles.stack} aria-label={name}>
      <h2 className={styles.heading}>{name}</h2>
      <ol className={styles.cards} aria-label={t('routes.order', { channel: name })}>
        {routes.map((route, at) => (
          <RouteCard
            key={route.id}
            route={route}
            at={at}
            count={routes.length}
            onMove={(to) => move(at, to)}
            onOpen={() => onOpen(route.id)}
          />
        ))}
      </ol>
    </section>
  );
}
