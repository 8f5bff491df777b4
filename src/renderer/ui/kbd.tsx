import styles from './kbd.module.css';

/** A key as it stands on the keyboard; decoration, the accessible name is elsewhere. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <kbd className={styles.kbd} aria-hidden="true">
      {keys}
    </kbd>
  );
}
