import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Person } from '../../shared/contract/session.ts';
import { useKeys } from '../lib/hotkeys.ts';
import { shortName } from '../lib/people-store.ts';
import { Menu } from '../ui/menu.tsx';
import type { AppDesk } from './create-desk.ts';
import styles from './top-bar.module.css';
import type { Overlay } from './use-frame-keys.ts';

/** Who is signed in, and how the desk looks to them. */
export function PersonMenu({
  desk,
  person,
  onOverlay,
}: {
  readonly desk: AppDesk;
  readonly person: Person;
  readonly onOverlay: (overlay: Overlay) => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const { theme, language } = useStore(desk.preferences.store);
  return (
    <Menu
      target={
        <button type="button" className={styles.item} title={person.name}>
          <span className="visually-hidden">{t('frame.person.menu')}</span>
          <span className={styles.person}>{shortName(person.name)}</span>
        </button>
      }
      items={[
        {
          key: 'switch',
          label: t('frame.person.switch'),
          keys: keys('switchPerson'),
          onSelect: () => onOverlay('person'),
        },
        { key: 'keys', label: t('frame.person.keys'), keys: keys('help'), onSelect: () => onOverlay('help') },
        { key: 'line', divider: true },
        { key: 'theme', heading: t('frame.person.theme') },
        ...(['dark', 'light', 'system'] as const).map((value) => ({
          key: value,
          label: t(`frame.person.${value}`),
          checked: theme === value,
          onSelect: () => desk.preferences.set({ theme: value }),
        })),
        { key: 'language', heading: t('frame.person.language') },
        ...(['ru', 'en'] as const).map((value) => ({
          key: value,
          label: t(`frame.person.${value}`),
          checked: language === value,
          onSelect: () => desk.preferences.set({ language: value }),
        })),
      ]}
    />
  );
}
