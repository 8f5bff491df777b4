import { useState, type ReactNode } from 'react';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import type { ShortcutId } from '../../lib/shortcuts.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import styles from './facts.module.css';

/** A fact whose value opens a menu, by click or by its key. */
export function MenuFact({
  name,
  value,
  placeholder = '',
  shortcut,
  items,
  tone,
  width,
}: {
  readonly name: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly shortcut?: ShortcutId;
  readonly items: readonly MenuItem[];
  readonly tone?: string | undefined;
  readonly width?: number;
}) {
  const keys = useKeys();
  const [open, setOpen] = useState(false);
  useShortcut(shortcut ?? 'status', () => setOpen(true), shortcut !== undefined);
  const key: ReactNode = shortcut && keys(shortcut) ? <Kbd keys={keys(shortcut) ?? ''} /> : null;
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <Menu
          open={open}
          onOpenChange={setOpen}
          items={items}
          {...(width === undefined ? {} : { width })}
          target={
            <button
              type="button"
              className={styles.value}
              data-tone={tone}
              data-empty={value === '' || undefined}
              title={value || undefined}
            >
              <span className="visually-hidden">{`${name}: `}</span>
              <span className={styles.text}>{value || placeholder}</span>
              {key}
            </button>
          }
        />
      </dd>
    </>
  );
}
