import { openDb } from '../../src/core/db/open.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import { createFakeClock } from './fake-clock.ts';

let image: Buffer | undefined;

/** Every table and no row: a kit that opens this need not bring the schema up from nothing once more. */
export function emptyDatabase(): Buffer {
  if (!image) {
    const db = openDb({ file: ':memory:', clock: createFakeClock(), log: silentLogger });
    image = db.connection.serialize();
    db.close();
  }
  return image;
}
