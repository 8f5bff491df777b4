import { useTranslation } from 'react-i18next';
import type { AssetsPart } from '../../lib/router.ts';
import { Button } from '../../ui/button.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { AssetRegistry } from './asset-registry.tsx';
import styles from './assets.module.css';
import { ImportWizard } from './import-wizard.tsx';
import { ListsTab } from './lists-tab.tsx';
import { RunsTab } from './runs-tab.tsx';
import { SourcesTab } from './sources-tab.tsx';

/** Poles, stations, machines and sites: the registry, whose they are, and where it comes from. */
export function AssetsScreen({
  part,
  assetId,
  onGo,
  onOpenIncident,
  onCall,
}: {
  readonly part: AssetsPart;
  readonly assetId: number | null;
  /** `replace` leaves no step to go back to. */
  readonly onGo: (part: AssetsPart, assetId: number | null, replace?: boolean) => void;
  readonly onOpenIncident: (incidentId: number) => void;
  /** Calls a technician to it. */
  readonly onCall: (assetId: number) => void;
}) {
  const { t } = useTranslation();
  const showList = (): void => onGo('list', null);
  if (part === 'import') return <ImportWizard onLeave={showList} />;
  return (
    <section className={styles.screen} aria-label={t('assets.title')}>
      <h1 className="visually-hidden">{t('assets.title')}</h1>
      <Tabs
        label={t('assets.tabs.label')}
        value={part}
        onChange={(key) => onGo(key as AssetsPart, null, true)}
        tabs={(['list', 'lists', 'sources', 'runs'] as const).map((key) => ({
          key,
          label: t(`assets.tabs.${key}`),
        }))}
        trailing={
          <div className={styles.tabActions}>
            <Button onClick={() => onGo('import', null)}>{t('assets.import')}</Button>
          </div>
        }
      >
        {part === 'list' ? (
          <AssetRegistry
            assetId={assetId}
            onOpen={(id) => onGo('list', id, true)}
            onImport={() => onGo('import', null)}
            onOpenIncident={onOpenIncident}
            onCall={onCall}
          />
        ) : part === 'lists' ? (
          <ListsTab />
        ) : part === 'sources' ? (
          <SourcesTab />
        ) : (
          <RunsTab />
        )}
      </Tabs>
    </section>
  );
}
