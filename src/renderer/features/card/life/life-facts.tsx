import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../lib/desk.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import type { CardData } from '../card-state.ts';
import { MenuFact } from '../menu-fact.tsx';
import type { LifeActions } from './use-life-actions.ts';
import type { Life } from './use-life.ts';

type Props = { readonly data: CardData; readonly life: Life | undefined; readonly actions: LifeActions };

/** Stands only where the type has any. */
export function SubtypeFact({ data, life, actions }: Props) {
  const { t } = useTranslation();
  const { reference, preferences } = useDesk();
  const subtypes = useStore(reference, (state) => state.subtypes);
  const language = useStore(preferences.store, (state) => state.language);
  const { typeId } = data.row;
  const chosen = life?.subtypeId ?? null;
  const offered = [...subtypes.values()].filter(
    ({ id, active, typeIds }) => id === chosen || (active && typeId !== null && typeIds.includes(typeId)),
  );
  if (offered.length === 0) return null;
  return (
    <MenuFact
      name={t('workflow.subtype')}
      value={chosen === null ? '' : nameOf(subtypes.get(chosen), language)}
      placeholder={t('workflow.noSubtype')}
      shortcut="subtype"
      width={320}
      items={offered.map((subtype) => ({
        key: String(subtype.id),
        label: nameOf(subtype, language),
        checked: subtype.id === chosen,
        onSelect: () => void actions.setSubtype(subtype.id === chosen ? null : subtype.id),
      }))}
    />
  );
}

/** Stands where a repair is meant: by its category, by its work, or because it was chosen. */
export function RepairPriorityFact({ data, life, actions }: Props) {
  const { t } = useTranslation();
  const { reference, preferences } = useDesk();
  const { repairPriorities, categories } = useStore(reference);
  const language = useStore(preferences.store, (state) => state.language);
  const chosen = life?.repairPriorityId ?? null;
  const isRepair =
    data.categoryIds.some((id) => categories.get(id)?.key === 'repair') ||
    (life?.problems.some(({ kind }) => kind === 'repair-without-priority') ?? false);
  if (!isRepair && chosen === null) return null;
  return (
    <MenuFact
      name={t('workflow.repairPriority')}
      value={chosen === null ? '' : nameOf(repairPriorities.get(chosen), language)}
      placeholder={t('workflow.noRepairPriority')}
      items={[...repairPriorities.values()]
        .filter(({ id, active }) => active || id === chosen)
        .map((priority) => ({
          key: String(priority.id),
          label: nameOf(priority, language),
          checked: priority.id === chosen,
          onSelect: () => void actions.setRepairPriority(priority.id === chosen ? null : priority.id),
        }))}
    />
  );
}
