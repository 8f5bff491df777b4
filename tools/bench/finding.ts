import { readLetters, readRegistry } from '../../test/fixtures/finding/corpus.ts';
import { scoreLetters, type Miss } from '../../test/fixtures/finding/score.ts';
import type { Figure } from './figures.ts';

const least = { precision: 98, recall: 95 } as const;

/** How often finding binds what a person would; misses are listed of the letters it is tuned on, only counted of the others. */
export function measureFinding(): Figure[] {
  const registry = readRegistry();
  return (['tuning', 'held-out'] as const).flatMap((part) => {
    const letters = readLetters(part);
    const { precision, recall, bound, labelled, misses } = scoreLetters(letters, registry);
    if (part === 'tuning') for (const miss of misses) console.log(describe(miss));
    const counted = `${letters.length} letters, ${misses.length} with a miss`;
    return [
      {
        part: 'j',
        name: `finding assets, precision, ${part}`,
        value: precision * 100,
        unit: '%',
        limit: { kind: 'least', value: least.precision },
        note: `${counted}; ${bound} bound`,
      },
      {
        part: 'j',
        name: `finding assets, recall, ${part}`,
        value: recall * 100,
        unit: '%',
        limit: { kind: 'least', value: least.recall },
        note: `${counted}; ${labelled} to be bound`,
      },
    ] satisfies Figure[];
  });
}

function describe({ letter, missing, wrong }: Miss): string {
  return `  ${letter.id} [${letter.family}] not bound: ${missing.join(', ') || '—'}; wrongly bound: ${wrong.join(', ') || '—'}`;
}
