import type { RepairPriority, Subtype } from '../../shared/contract/settings.ts';
import type { Db } from '../db/open.ts';
import type { ReferenceStore } from '../db/reference-store.ts';

/** Whose part of the supply failed, and how: what a power failure turns out to have been. */
const seedSubtypes: readonly Pick<Subtype, 'key' | 'name' | 'nameEn'>[] = [
  { key: 'own-overhead-low', name: 'Наша зона: ВЛ до 1 кВ', nameEn: 'Ours: overhead line up to 1 kV' },
  { key: 'own-overhead-high', name: 'Наша зона: ВЛ свыше 1 кВ', nameEn: 'Ours: overhead line above 1 kV' },
  { key: 'own-cable-low', name: 'Наша зона: КЛ до 1 кВ', nameEn: 'Ours: cable up to 1 kV' },
  { key: 'own-cable-high', name: 'Наша зона: КЛ свыше 1 кВ', nameEn: 'Ours: cable above 1 kV' },
  { key: 'own-substation', name: 'Наша зона: КТП', nameEn: 'Ours: transformer substation' },
  { key: 'own-meter', name: 'Наша зона: узел учёта', nameEn: 'Ours: metering point' },
  { key: 'own-board', name: 'Наша зона: распределительный щит', nameEn: 'Ours: distribution board' },
  { key: 'own-cabinet', name: 'Наша зона: шкаф электропитания', nameEn: 'Ours: power cabinet' },
  { key: 'operator-line', name: 'Зона оператора: линия', nameEn: 'Operator’s: line' },
  { key: 'operator-device', name: 'Зона оператора: оборудование', nameEn: 'Operator’s: equipment' },
  { key: 'grid-emergency', name: 'Сетевая организация: авария', nameEn: 'Grid company: emergency work' },
  { key: 'grid-planned', name: 'Сетевая организация: плановые работы', nameEn: 'Grid company: planned work' },
  { key: 'city-works', name: 'Работы по благоустройству', nameEn: 'City improvement work' },
  { key: 'unpaid', name: 'Отключение за неоплату', nameEn: 'Cut off for non-payment' },
  { key: 'self-restored', name: 'Питание вернулось само', nameEn: 'Power came back by itself' },
  { key: 'no-diagram', name: 'Нет схемы электроснабжения', nameEn: 'No supply diagram' },
  { key: 'drone-attack', name: 'Атака БПЛА', nameEn: 'Drone attack' },
  { key: 'force-majeure', name: 'Прочее, непреодолимая сила', nameEn: 'Other, force majeure' },
];

const powerTypes: ReadonlySet<string> = new Set(['power-moscow', 'power-regions', 'power-employee']);

const seedPriorities: readonly Pick<RepairPriority, 'key' | 'name' | 'nameEn' | 'targetMinutes'>[] = [
  { key: 'first', name: 'Приоритет 1', nameEn: 'Priority 1', targetMinutes: 1440 },
  { key: 'second', name: 'Приоритет 2', nameEn: 'Priority 2', targetMinutes: 4320 },
];

/**
 * Also for a desk that was set up before it had these lists. A list that has any line, hidden or not, is the desk's own
 * and left alone.
 */
export function seedClosingLists({
  db,
  reference,
}: {
  readonly db: Db;
  readonly reference: ReferenceStore;
}): void {
  const isNew = {
    subtypes: reference.subtypes().length === 0,
    priorities: reference.repairPriorities().length === 0,
  };
  if (!isNew.subtypes && !isNew.priorities) return;
  const typeIds = reference
    .types()
    .filter(({ key }) => powerTypes.has(key))
    .map(({ id }) => id);
  db.transact((revision) => {
    if (isNew.subtypes) {
      seedSubtypes.forEach((subtype, position) => {
        reference.saveSubtype({ ...subtype, id: null, position, active: true, typeIds }, revision);
      });
    }
    if (isNew.priorities) {
      seedPriorities.forEach((priority, position) => {
        reference.saveRepairPriority({ ...priority, id: null, position, active: true }, revision);
      });
    }
    db.touch('reference');
  });
}
