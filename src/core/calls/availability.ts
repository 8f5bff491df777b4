import type { Availability } from '../../shared/contract/technicians.ts';
import type { TechnicianRecord } from '../db/technician-store.ts';

/** What was said until a moment holds no longer after it. */
export function availabilityAt(
  { availability, availableUntil }: Pick<TechnicianRecord, 'availability' | 'availableUntil'>,
  at: number,
): Availability {
  return availableUntil !== null && availableUntil <= at ? 'available' : availability;
}
