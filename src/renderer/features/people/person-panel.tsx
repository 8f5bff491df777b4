import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Person, RosterRule } from '../../../shared/contract/session.ts';
import { MessengerBindings } from '../../lib/reach/messenger-bindings.tsx';
import { ReachOfSomebody } from '../../lib/reach/reach-dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './people.module.css';
import { PersonForm } from './person-form.tsx';
import { RosterEditor } from './roster-editor.tsx';

/** Beside the list, not over it. */
export function PersonPanel({
  person,
  rules,
  zone,
  onSaved,
  onClose,
}: {
  /** undefined is somebody new. */
  readonly person: Person | undefined;
  readonly rules: readonly RosterRule[];
  readonly zone: string;
  readonly onSaved: (id: number) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const title = person?.name ?? t('people.form.newTitle');
  return (
    <aside
      className={styles.panel}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.panelHead}>
        <h2>{title}</h2>
        <IconButton small label={t('people.form.close')} icon={<X size={14} />} onClick={onClose} />
      </header>
      <PersonForm person={person} onSaved={onSaved} onClose={onClose} />
      {person ? <ReachOfSomebody owner={{ kind: 'person', id: person.id }} name={person.name} /> : null}
      {person ? <RosterEditor personId={person.id} rules={rules} zone={zone} /> : null}
      {person ? <MessengerBindings party={{ kind: 'person', id: person.id }} /> : null}
    </aside>
  );
}
