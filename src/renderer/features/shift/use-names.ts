import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { HandoverTo } from '../../../shared/contract/shift.ts';
import { useDesk } from '../../lib/desk.ts';

/** People and addressees in words. */
export function useNames() {
  const desk = useDesk();
  const { t } = useTranslation();
  const people = useStore(desk.people, (state) => state.people);
  const person = (id: number | null): string => (id === null ? '' : (people.get(id)?.name ?? String(id)));
  const to = (target: HandoverTo): string => {
    if (target.kind === 'person') return person(target.personId);
    return t(target.kind === 'lead' ? 'shift.document.toLead' : 'shift.document.toNext');
  };
  return { people, person, to };
}
