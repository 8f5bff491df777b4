import type { ImportField, ImportMapping } from '../../../shared/contract/assets.ts';
import type { AssetKind } from '../../../shared/domain/asset-kinds.ts';
import type { Table } from './table.ts';

/** What the headings of such tables say, in lower case with one space; the first that fits a column takes it. */
const headings: readonly (readonly [ImportField, RegExp])[] = [
  ['externalId', /^(?:site ?id|id|ид|guid|uuid|external ?id|внешний (?:ид|код)|код объекта в источнике)$/u],
  ['pole', /^(?:шифр опоры|код опоры|опора|номер опоры|pole(?: code)?|tower(?: code)?|mast)$/u],
  [
    'code',
    /^(?:шифр|код|code|номер бс|№ ?бс|имя бс.*|бс|bs ?name|station|номер|инв(?:ентарный)?\.? ?(?:номер|№))$/u,
  ],
  ['operatorGroup', /^(?:группа операторов|operator ?group|группа)$/u],
  ['operator', /^(?:оператор(?:ы)?(?: связи)?|operators?|якорный оператор|anchor operator)$/u],
  ['macroregion', /^(?:макрорегион.*|мр|macro ?region)$/u],
  ['regionName', /^(?:регион ru|название региона|region ?(?:ru|name)|область|субъект(?: рф)?)$/u],
  ['region', /^(?:регион|код региона|region(?: ?id| ?en)?)$/u],
  ['latitude', /^(?:широта|lat(?:itude)?|y)$/u],
  ['longitude', /^(?:долгота|lon(?:g(?:itude)?)?|lng|x)$/u],
  ['address', /^(?:адрес.*|address|местоположение|location)$/u],
  ['state', /^(?:статус.*|состояние|status|state)$/u],
  ['repairEmail', /^(?:e-?mail рвр|почта рвр|рвр|rvr ?e?-?mail|repair ?e-?mail)$/u],
  ['emails', /^(?:.*e-?mail.*|.*почта.*)$/u],
  ['phones', /^(?:.*телефон.*|.*phone.*|тел\.?)$/u],
  ['contractor', /^(?:подрядчик.*|contractor|исполнитель)$/u],
  ['manager', /^(?:ответственный.*|менеджер|энергетик|manager|responsible)$/u],
  ['aliases', /^(?:псевдоним.*|другие (?:коды|названия)|синонимы|alias(?:es)?)$/u],
  ['kind', /^(?:вид(?: объекта)?|тип объекта|kind|type)$/u],
  ['name', /^(?:имя|название|наименование|name|title|объект)$/u],
];

/**
 * From the headings, Russian or English; a person sees it before anything is taken. A column for codes without a code in
 * `sample` is left out: lists of poles often have an empty one for stations, and it would make stations of them.
 */
export function guessMapping(
  table: Omit<Table, 'rows'>,
  sample: readonly (readonly string[])[],
): ImportMapping {
  const columns: Partial<Record<ImportField, string>> = {};
  const isEmpty = (index: number) => sample.length > 0 && sample.every((cells) => !cells[index]);
  for (const [index, column] of table.columns.entries()) {
    // The last step of a JSON path says what it is.
    const name = (table.format === 'json' ? column.split('.').at(-1) : column) ?? column;
    const plain = name
      .toLowerCase()
      .replaceAll(/[\s_]+/gu, ' ')
      .trim();
    const field = headings.find(
      ([wanted, pattern]) => columns[wanted] === undefined && pattern.test(plain),
    )?.[0];
    if ((field === 'code' || field === 'pole') && isEmpty(index)) continue;
    if (field) columns[field] = column;
  }
  // A table whose only code is the pole's is a table of poles.
  if (columns.code === undefined && columns.pole !== undefined) {
    columns.code = columns.pole;
    delete columns.pole;
  }
  const { encoding, separator } = table;
  return { kind: kindOf(columns), columns, encoding, separator, complete: false, listPath: '' };
}

function kindOf(columns: Partial<Record<ImportField, string>>): AssetKind {
  return columns.pole !== undefined && columns.code !== undefined ? 'station' : 'pole';
}
