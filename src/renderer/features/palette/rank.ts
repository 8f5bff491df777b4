/** ё is е, case does not matter: as core folds its search. */
function fold(text: string): string {
  return text.toLocaleLowerCase().replaceAll('ё', 'е');
}

/** Items whose words begin with the typed words, then those that contain them; the order within is kept. */
export function rank<T extends { readonly label: string }>(items: readonly T[], typed: string): readonly T[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  const scored = items.map((item) => ({ item, score: scoreOf(fold(item.label), words) }));
  return scored
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

function scoreOf(label: string, words: readonly string[]): number {
  const parts = label.split(/[\s«»:]+/);
  let score = 0;
  for (const word of words) {
    if (parts.some((part) => part.startsWith(word))) score += 2;
    else if (label.includes(word)) score += 1;
    else return 0;
  }
  return score;
}
