import { Menu as MantineMenu } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';
import styles from './menu.module.css';

export type MenuItem =
  | {
      readonly key: string;
      readonly label: ReactNode;
      readonly onSelect: () => void;
      readonly icon?: ReactNode;
      readonly keys?: string | undefined;
      readonly checked?: boolean;
      readonly disabled?: boolean;
      readonly danger?: boolean;
      /** Stays open: for lists of ticks. */
      readonly stay?: boolean;
    }
  | { readonly key: string; readonly heading: string }
  | { readonly key: string; readonly divider: true };

/** `target` must be one element that takes a ref. */
export function Menu({
  target,
  items,
  open,
  onOpenChange,
  width = 240,
}: {
  readonly target: ReactElement;
  readonly items: readonly MenuItem[];
  readonly open?: boolean | undefined;
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
  readonly width?: number;
}) {
  const controlled = open === undefined ? {} : { opened: open };
  return (
    <MantineMenu
      {...controlled}
      {...(onOpenChange ? { onChange: onOpenChange } : {})}
      width={width}
      position="bottom-start"
      shadow="none"
      withInitialFocusPlaceholder={false}
      classNames={{
        dropdown: styles.dropdown,
        item: styles.item,
        label: styles.heading,
        divider: styles.divider,
      }}
    >
      <MantineMenu.Target>{target}</MantineMenu.Target>
      <MantineMenu.Dropdown>{items.map(renderItem)}</MantineMenu.Dropdown>
    </MantineMenu>
  );
}

function renderItem(item: MenuItem): ReactNode {
  if ('divider' in item) return <MantineMenu.Divider key={item.key} />;
  if ('heading' in item) return <MantineMenu.Label key={item.key}>{item.heading}</MantineMenu.Label>;
  return (
    <MantineMenu.Item
      key={item.key}
      onClick={item.onSelect}
      disabled={item.disabled ?? false}
      closeMenuOnClick={!item.stay}
      data-danger={item.danger || undefined}
      data-checked={item.checked || undefined}
      aria-current={item.checked ? 'true' : undefined}
      leftSection={item.icon ?? (item.checked === undefined ? undefined : <Tick on={item.checked} />)}
      rightSection={item.keys ? <Kbd keys={item.keys} /> : undefined}
    >
      {item.label}
    </MantineMenu.Item>
  );
}

function Tick({ on }: { readonly on: boolean }) {
  return (
    <span className={styles.tick} aria-hidden="true">
      {on ? '✓' : ''}
    </span>
  );
}
