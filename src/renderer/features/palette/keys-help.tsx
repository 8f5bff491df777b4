import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { comboFor } from '../../lib/hotkeys.ts';
import { comboOf, comboText } from '../../lib/key-combo.ts';
import { fixedShortcuts, shortcutIds, shortcuts, type ShortcutId } from '../../lib/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './keys-help.module.css';

const groups = ['list', 'incident', 'letter', 'chat', 'desk', 'go'] as const;

/** Every key with its meaning; a click takes another key, or none. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  const { preferences } = useDesk();
  const { t } = useTranslation();
  const { shortcutsOn, shortcuts: own } = useStore(preferences.store);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('palette.help.title')}
      closeLabel={t('common.close')}
      width={860}
      footer={
        <Button disabled={Object.keys(own).length === 0} onClick={() => preferences.set({ shortcuts: {} })}>
          {t('palette.help.resetAll')}
        </Button>
      }
    >
      <Switch
        label={t('palette.help.on')}
        description={t('palette.help.onText')}
        checked={shortcutsOn}
        onChange={(on) => preferences.set({ shortcutsOn: on })}
      />
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group} className={styles.group}>
            <h3 className={styles.heading}>{t(`keys.groups.${group}`)}</h3>
            <ul>
              {shortcutIds
                .filter((id) => shortcuts[id].group === group)
                .map((id) => (
                  <KeyLine key={id} id={id} />
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function KeyLine({ id }: { readonly id: ShortcutId }) {
  const { preferences } = useDesk();
  const { t } = useTranslation();
  const own = useStore(preferences.store, (state) => state.shortcuts);
  const [listening, setListening] = useState(false);
  const [taken, setTaken] = useState<ShortcutId | null>(null);
  const combo = own[id] === undefined ? shortcuts[id].combo : own[id];
  const name = t(`keys.${id}`);
  const changed = own[id] !== undefined;

  function set(next: string | null | undefined): void {
    const { [id]: _, ...rest } = preferences.store.getState().shortcuts;
    preferences.set({ shortcuts: next === undefined ? rest : { ...rest, [id]: next } });
    setListening(false);
  }

  function listen(event: React.KeyboardEvent): void {
    if (!listening || event.code === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.code === 'Escape') return setListening(false);
    if (event.code === 'Delete' || event.code === 'Backspace') return set(null);
    const next = comboOf(event.nativeEvent);
    if (next === null) return;
    const other = shortcutIds.find((known) => known !== id && comboFor(preferences, known) === next);
    setTaken(other ?? null);
    if (!other) set(next === shortcuts[id].combo ? undefined : next);
  }

  return (
    <li className={styles.line}>
      <span className={styles.name}>
        {name}
        {taken && listening ? (
          <small role="alert">{t('palette.help.taken', { name: t(`keys.${taken}`) })}</small>
        ) : null}
      </span>
      {changed ? (
        <button type="button" className={styles.reset} onClick={() => set(undefined)}>
          {t('palette.help.reset')}
        </button>
      ) : null}
      <button
        type="button"
        className={styles.key}
        disabled={fixedShortcuts.has(id)}
        onClick={() => {
          setTaken(null);
          setListening(true);
        }}
        onBlur={() => setListening(false)}
        onKeyDown={listen}
      >
        <span className="visually-hidden">{t('palette.help.change', { name })}</span>
        {listening ? (
          t('palette.help.press')
        ) : combo === null ? (
          <span className={styles.off}>{t('palette.help.disabled')}</span>
        ) : (
          <Kbd keys={comboText(combo)} />
        )}
      </button>
    </li>
  );
}
