import { Tabs as MantineTabs } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './sections.module.css';

export type SectionGroup = {
  readonly key: string;
  readonly label: string;
  readonly sections: readonly { readonly key: string; readonly label: string }[];
};

/**
 * A tall list of sections in groups at the left, the chosen one's content, given as `children`, at the right. Arrows go
 * up and down through all groups; each side scrolls by itself.
 */
export function Sections({
  groups,
  value,
  onChange,
  label,
  children,
}: {
  readonly groups: readonly SectionGroup[];
  readonly value: string;
  readonly onChange: (key: string) => void;
  readonly label: string;
  readonly children: ReactNode;
}) {
  const keys = groups.flatMap(({ sections }) => sections.map(({ key }) => key));
  return (
    <MantineTabs
      orientation="vertical"
      value={value}
      onChange={(next) => next !== null && onChange(next)}
      keepMounted={false}
      classNames={{
        root: styles.root,
        list: styles.list,
        tab: styles.tab,
        tabLabel: styles.label,
        panel: styles.panel,
      }}
    >
      <MantineTabs.List aria-label={label}>
        {groups.map((group) => (
          <div key={group.key} className={styles.group}>
            {/* A list of tabs may hold nothing but tabs: the heading is for eyes, the order says the rest. */}
            <span className={styles.heading} aria-hidden="true">
              {group.label}
            </span>
            {group.sections.map((section) => (
              <MantineTabs.Tab key={section.key} value={section.key}>
                {section.label}
              </MantineTabs.Tab>
            ))}
          </div>
        ))}
      </MantineTabs.List>
      {keys.map((key) => (
        <MantineTabs.Panel key={key} value={key}>
          {key === value ? children : null}
        </MantineTabs.Panel>
      ))}
    </MantineTabs>
  );
}
