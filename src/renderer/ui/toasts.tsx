import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import styles from './toasts.module.css';

export type ToastAction = {
  readonly label: string;
  readonly onAction: () => void;
  readonly keys?: string | undefined;
};

export type Toast = {
  readonly id: number;
  readonly text: string;
  readonly detail?: string | undefined;
  readonly tone: 'info' | 'error';
  readonly actions: readonly ToastAction[];
  readonly lastsMs: number;
};

export type Toasts = {
  readonly store: StoreApi<{ readonly toasts: readonly Toast[] }>;
  show(toast: {
    readonly text: string;
    readonly detail?: string | undefined;
    readonly tone?: 'info' | 'error';
    readonly actions?: readonly ToastAction[];
    readonly lastsMs?: number;
  }): number;
  close(id: number): void;
};

const most = 3;
const infoLastsMs = 8000;
const errorLastsMs = 20_000;

export function createToasts(): Toasts {
  const store = createStore<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }));
  let count = 0;
  return {
    store,
    show({ text, detail, tone = 'info', actions = [], lastsMs }) {
      count += 1;
      const id = count;
      const toast = {
        id,
        text,
        detail,
        tone,
        actions,
        lastsMs: lastsMs ?? (tone === 'error' ? errorLastsMs : infoLastsMs),
      };
      // A second piece of news takes the place of the first: its way back would no longer be the latest.
      const stays = (other: Toast): boolean => tone === 'error' || other.tone === 'error';
      store.setState((state) => ({ toasts: [...state.toasts.filter(stays), toast].slice(-most) }));
      return id;
    },
    close(id) {
      store.setState((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));
    },
  };
}

export function ToastStack({
  toasts,
  label,
  closeLabel,
}: {
  readonly toasts: Toasts;
  readonly label: string;
  readonly closeLabel: string;
}) {
  const list = useStore(toasts.store, (state) => state.toasts);
  return (
    <section className={styles.stack} aria-label={label}>
      {list.map((toast) => (
        <ToastView
          key={toast.id}
          toast={toast}
          closeLabel={closeLabel}
          onClose={() => toasts.close(toast.id)}
        />
      ))}
    </section>
  );
}

function ToastView({
  toast,
  closeLabel,
  onClose,
}: {
  readonly toast: Toast;
  readonly closeLabel: string;
  readonly onClose: () => void;
}) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const close = useRef(onClose);

  useEffect(() => {
    close.current = onClose;
  });

  const hold = (): void => clearTimeout(timer.current);
  const run = (): void => {
    hold();
    timer.current = setTimeout(() => close.current(), toast.lastsMs);
  };

  useEffect(() => {
    timer.current = setTimeout(() => close.current(), toast.lastsMs);
    return () => clearTimeout(timer.current);
  }, [toast.lastsMs]);

  return (
    <div
      className={styles.toast}
      data-tone={toast.tone}
      role={toast.tone === 'error' ? 'alert' : 'status'}
      onMouseEnter={hold}
      onMouseLeave={run}
      onFocus={hold}
      onBlur={run}
    >
      <div className={styles.words}>
        <span>{toast.text}</span>
        {toast.detail ? <span className={styles.detail}>{toast.detail}</span> : null}
      </div>
      {toast.actions.map((action) => (
        <Button
          key={action.label}
          keys={action.keys}
          onClick={() => {
            onClose();
            action.onAction();
          }}
        >
          {action.label}
        </Button>
      ))}
      <IconButton small label={closeLabel} icon={<X size={14} />} onClick={onClose} />
    </div>
  );
}
