import type { CalendarStore } from '../db/calendar-store.ts';
import type { ClockRuleStore } from '../db/clock-rule-store.ts';
import type { Db } from '../db/open.ts';
import type { ReferenceStore } from '../db/reference-store.ts';
import { productionDays } from './production-calendar.ts';
import { seedCalendars, seedRules } from './seed-clock-lists.ts';

type Parts = {
  readonly db: Db;
  readonly reference: ReferenceStore;
  readonly calendars: CalendarStore;
  readonly clockRules: ClockRuleStore;
};

/** Also for a desk that was set up before it had these lists; one that has any calendar is left alone. */
export function seedClocks({ db, reference, calendars, clockRules }: Parts): void {
  if (calendars.all().length > 0) return;
  db.transact((revision) => {
    const ids = seedCalendars.map((calendar, position) =>
      calendars.save({ ...calendar, id: null, zone: '', position, active: true }, revision),
    );
    for (const day of productionDays()) calendars.saveDay(day, revision);
    const calendarId = ids[0] ?? 0;
    const statusIds = new Map(reference.statuses().map(({ key, id }) => [key, id]));
    const categoryIds = new Map(reference.categories().map(({ key, id }) => [key, id]));
    seedRules.forEach(({ category, ends, ...rule }, position) => {
      clockRules.save(
        {
          ...rule,
          id: null,
          calendarId,
          categoryId: category === undefined ? null : (categoryIds.get(category) ?? null),
          pauseStatusIds: [],
          endStatusIds: ends.flatMap((key) => statusIds.get(key) ?? []),
          position,
          active: true,
        },
        revision,
      );
    });
    db.touch('reference');
  });
}
