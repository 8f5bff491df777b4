import { Tabs as MantineTabs } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './tabs.module.css';

export type Tab = { readonly key: string; readonly label: string; readonly count?: number | undefined };

/** The chosen panel is rendered by the caller as `children`. */
export function Tabs({
  tabs,
  value,
  onChange,
  label,
  children,
  trailing,
}: {
  readonly tabs: readonly Tab[];
  readonly value: string;
  readonly onChange: (key: string) => void;
  readonly label: string;
  readonly children: ReactNode;
  readonly trailing?: ReactNode;
}) {
  return (
    <MantineTabs
      value={value}
      onChange={(next) => next !== null && onChange(next)}
      keepMounted={false}
      classNames={{ root: styles.root, list: styles.list, tab: styles.tab, panel: styles.panel }}
    >
      <div className={styles.bar}>
        <MantineTabs.List aria-label={label}>
          {tabs.map((tab) => (
            <MantineTabs.Tab key={tab.key} value={tab.key}>
              {tab.label}
              {tab.count ? <span className={styles.count}>{tab.count}</span> : null}
            </MantineTabs.Tab>
          ))}
        </MantineTabs.List>
        {trailing}
      </div>
      {tabs.map((tab) => (
        <MantineTabs.Panel key={tab.key} value={tab.key}>
          {tab.key === value ? children : null}
        </MantineTabs.Panel>
      ))}
    </MantineTabs>
  );
}
