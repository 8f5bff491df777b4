import type { AssetKind } from '../../../shared/domain/asset-kinds.ts';

const kinds: readonly (readonly [AssetKind, RegExp])[] = [
  ['pole', /^(?:pole|tower|mast|опора|мачта|башня|столб|амс)$/u],
  ['station', /^(?:station|bs|base station|бс|базовая станция|станция)$/u],
  ['machine', /^(?:machine|generator|equipment|машина|дгу|генератор|оборудование|станок)$/u],
  ['site', /^(?:site|object|building|объект|площадка|сайт|здание)$/u],
];

export function readKind(text: string): AssetKind | undefined {
  const plain = text.trim().toLowerCase();
  return kinds.find(([, pattern]) => pattern.test(plain))?.[0];
}

/** Degrees with a point or a comma, or degrees, minutes and seconds with a letter of the sky; undefined is no angle. */
export function readAngle(text: string): number | undefined {
  const plain = text.trim().replaceAll('\u2212', '-').replace(',', '.');
  if (/^[+-]?\d{1,3}(?:\.\d+)?°?$/u.test(plain)) return Number(plain.replace('°', ''));
  const parts =
    /^(?<sign>[-+NSEWСЮВЗ]?)\s*(?<degrees>\d{1,3})[°\s]\s*(?<minutes>\d{1,2}(?:\.\d+)?)['′\s]?\s*(?:(?<seconds>\d{1,2}(?:\.\d+)?)(?:["″]|''))?\s*(?<side>[NSEWСЮВЗ]?)$/iu.exec(
      plain,
    )?.groups;
  if (!parts) return undefined;
  const [minutes, seconds] = [Number(parts['minutes']), Number(parts['seconds'] ?? 0)];
  if (minutes >= 60 || seconds >= 60) return undefined;
  const angle = Number(parts['degrees']) + minutes / 60 + seconds / 3600;
  return /[-SWЮЗ]/iu.test(`${parts['sign'] ?? ''}${parts['side'] ?? ''}`) ? -angle : angle;
}

const mostInList = 20;

/** Without repeats and blanks, in the order written. */
export function readList(text: string, separators: RegExp): string[] {
  const items = text.split(separators).map((item) => item.trim());
  return [...new Set(items.filter((item) => item !== ''))].slice(0, mostInList);
}

/** Enough to see that a cell holds something else; whether it exists only its server knows. */
export function isEmail(text: string): boolean {
  return text.length <= 320 && /^[^\s@<>",;:]+@[^\s@<>",;:]+\.[^\s@<>",;:.]{2,}$/u.test(text);
}
