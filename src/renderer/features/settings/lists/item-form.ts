/** What statuses, types and categories have in common, as typed. */
export type ItemForm = {
  readonly id: number | null;
  readonly key: string;
  readonly name: string;
  readonly nameEn: string;
  readonly position: number;
  readonly active: boolean;
};

const letters: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
};

/** A key for a new item from its name: it never changes, so it is only a proposal until saved. */
export function keyFrom(name: string, taken: ReadonlySet<string>): string {
  const base =
    [...name.toLowerCase()]
      .map((sign) => letters[sign] ?? sign)
      .join('')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 50) || 'item';
  let key = base;
  for (let count = 2; taken.has(key); count += 1) key = `${base}-${count}`;
  return key;
}

export function nextPosition(items: readonly { readonly position: number }[]): number {
  return Math.max(-1, ...items.map(({ position }) => position)) + 1;
}
