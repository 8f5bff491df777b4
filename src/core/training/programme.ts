import type { Random } from '../platform/random.ts';
import type { Mailbox } from './mime.ts';
import { createPlaces } from './places.ts';
import { createDeck, createSeededRandom, seedFrom } from './seeded-random.ts';
import * as operators from './stories-operators.ts';
import * as people from './stories-people.ts';
import type { Handling, Story, Teller } from './story.ts';
import * as threads from './stories-threads.ts';

/** A story not told yet: it is told when its time comes, so that the times in its words are right. */
export type PlannedStory = {
  /** Letters it consists of. */
  readonly letters: number;
  /** How far the colleague has brought it when the lesson begins; undefined leaves it to chance. */
  readonly handling?: Handling;
  tell(at: number): Story;
};

export type Programme = {
  /** Those that began before the shift did. */
  readonly earlier: readonly (PlannedStory & { readonly minutesAgo: number })[];
  readonly live: readonly PlannedStory[];
};

type Tell = (teller: Teller) => Story;
type Entry = { readonly tell: Tell; readonly letters?: number; readonly handling?: Handling };

/** One shift: eighteen troubles that are already running and forty-six that come, in an order that `random` chooses. */
export function createProgramme(random: Random, desk: Mailbox): Programme {
  const places = createPlaces(createSeededRandom(seedFrom(random)));
  const dealers = new Map<string, () => number>();
  const plan = ({ tell, letters = 1, handling }: Entry, region?: string): PlannedStory => {
    const own = createSeededRandom(seedFrom(random));
    return {
      letters,
      ...(handling === undefined ? {} : { handling }),
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

/** Moscow has four hours for a power failure, so the first two are late and two more close to it. */
const earlier: readonly (Entry & { readonly minutesAgo: number; readonly region?: string })[] = [
  { minutesAgo: 262, region: '77', tell: operators.robotOutage, handling: 'operator-notified' },
  { minutesAgo: 247, region: '77', tell: operators.formRequest, handling: 'handed-over' },
  { minutesAgo: 232, region: '52', tell: resent, letters: 2, handling: 'handed-over' },
  { minutesAgo: 214, region: '77', tell: operators.externalRequest, handling: 'answered' },
  { minutesAgo: 205, region: '23', tell: threads.answeredElsewhere, letters: 5, handling: 'paused' },
  { minutesAgo: 188, region: '77', tell: closed, letters: 2, handling: 'awaiting-confirmation' },
  { minutesAgo: 172, region: '66', tell: operators.fibreCut, handling: 'handed-over' },
  { minutesAgo: 150, tell: people.employeeLine, handling: 'answered' },
  { minutesAgo: 139, tell: people.scanOnly, handling: 'in-progress' },
  { minutesAgo: 121, region: '50', tell: people.webFormReport, handling: 'postponed' },
  { minutesAgo: 110, region: '61', tell: people.nestedForward, handling: 'operator-notified' },
  { minutesAgo: 96, region: '54', tell: threads.thanksAndAgain, letters: 3, handling: 'closed' },
  { minutesAgo: 84, region: '16', tell: people.oldOutlook, handling: 'in-progress' },
  { minutesAgo: 70, region: '47', tell: operators.oldSystem, handling: 'in-progress' },
  { minutesAgo: 58, region: '50', tell: people.neighbour, handling: 'untouched' },
  { minutesAgo: 41, region: '77', tell: people.accessRequest, handling: 'untouched' },
  { minutesAgo: 27, region: '52', tell: operators.twoStations, handling: 'untouched' },
  { minutesAgo: 6, region: '25', tell: people.threat, handling: 'untouched' },
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
