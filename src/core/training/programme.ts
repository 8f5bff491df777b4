import type { Random } from '../platform/random.ts';
import type { Mailbox } from './mime.ts';
import { createPlaces } from './places.ts';
import { createDeck, createSeededRandom, seedFrom } from './seeded-random.ts';
import * as operators from './stories-operators.ts';
import * as people from './stories-people.ts';
import type { Story, Teller } from './story.ts';
import * as threads from './stories-threads.ts';

/** A story not told yet: it is told when its time comes, so that the times in its words are right. */
export type PlannedStory = {
  /** Letters it consists of. */
  readonly letters: number;
  tell(at: number): Story;
};

export type Programme = {
  /** Those that began before the shift did. */
  readonly earlier: readonly (PlannedStory & { readonly minutesAgo: number })[];
  readonly live: readonly PlannedStory[];
};

type Tell = (teller: Teller) => Story;
type Entry = { readonly tell: Tell; readonly letters?: number };

/** One shift: twelve troubles that are already running and forty-six that come, in an order that `random` chooses. */
export function createProgramme(random: Random, desk: Mailbox): Programme {
  const places = createPlaces(createSeededRandom(seedFrom(random)));
  const dealers = new Map<string, () => number>();
  const plan = ({ tell, letters = 1 }: Entry, region?: string): PlannedStory => {
    const own = createSeededRandom(seedFrom(random));
    return {
      letters,
      tell: (at) =>
        tell({
          random: own,
          desk,
          at,
          nextPlace: (code) => places(code ?? region),
          deal(deck, items) {
            const order = items.map((_item, index) => index);
            const next = dealers.get(deck) ?? createDeck(own, [0, ...order.slice(1)]);
            dealers.set(deck, next);
            return items[next()] ?? items[0];
          },
        }),
    };
  };
  return {
    earlier: earlier.map(({ minutesAgo, region, ...entry }) => ({ ...plan(entry, region), minutesAgo })),
    live: shuffled(random, live).map((entry) => plan(entry)),
  };
}

const resent: Tell = (teller) => operators.robotOutage(teller, 'resend');
const closed: Tell = (teller) => operators.robotOutage(teller, 'closed');

/** Moscow has four hours for a power failure, so the first two are late and the next close to it. */
const earlier: readonly (Entry & { readonly minutesAgo: number; readonly region?: string })[] = [
  { minutesAgo: 262, region: '77', tell: operators.robotOutage },
  { minutesAgo: 247, region: '77', tell: operators.formRequest },
  { minutesAgo: 232, tell: resent, letters: 2 },
  { minutesAgo: 214, region: '77', tell: operators.externalRequest },
  { minutesAgo: 205, tell: threads.answeredElsewhere, letters: 5 },
  { minutesAgo: 188, region: '77', tell: closed, letters: 2 },
  { minutesAgo: 150, tell: people.employeeLine },
  { minutesAgo: 121, tell: people.webFormReport },
  { minutesAgo: 96, tell: threads.thanksAndAgain, letters: 3 },
  { minutesAgo: 70, tell: operators.oldSystem },
  { minutesAgo: 41, tell: people.accessRequest },
  { minutesAgo: 6, tell: people.threat },
];

const live: readonly Entry[] = [
  ...times(6, { tell: operators.robotOutage }),
  ...times(1, { tell: resent, letters: 2 }),
  ...times(2, { tell: closed, letters: 2 }),
  ...times(4, { tell: operators.formRequest }),
  ...times(3, { tell: operators.externalRequest }),
  ...times(2, { tell: operators.oldSystem }),
  ...times(2, { tell: operators.twoStations }),
  ...times(2, { tell: operators.fibreCut }),
  ...times(3, { tell: people.webFormReport }),
  ...times(4, { tell: people.employeeLine }),
  ...times(2, { tell: people.scanOnly }),
  ...times(2, { tell: people.accessRequest }),
  ...times(2, { tell: people.oldOutlook }),
  ...times(2, { tell: people.nestedForward }),
  ...times(2, { tell: people.severalDesks }),
  ...times(1, { tell: people.threat }),
  ...times(2, { tell: people.neighbour }),
  ...times(2, { tell: people.plannedOutage }),
  ...times(1, { tell: threads.answeredElsewhere, letters: 5 }),
  ...times(1, { tell: threads.thanksAndAgain, letters: 3 }),
  ...times(3, { tell: threads.changedSubject }),
];

function times(count: number, entry: Entry): readonly Entry[] {
  return Array.from({ length: count }, () => entry);
}

function shuffled<Item>(random: Random, items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => ({ item, rank: random.number() }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}
