import { z } from 'zod';
import { command } from '../rpc/define.ts';
import { id } from './common.ts';

const dossierForms = ['print', 'pdf', 'archive'] as const;

/** One incident on paper, as a file, or as an archive with the raw letters; the journal tells who took it. */
export const dossierContract = {
  /** The bytes are at `<base>/<path>` for ten minutes. Fails with `not-found`. */
  take: command(
    z.strictObject({
      incidentId: id,
      as: z.enum(dossierForms),
      /** Internal notes leave the desk only when somebody says so. */
      notes: z.boolean(),
      language: z.enum(['ru', 'en']),
      /** The history in words, by number of the entry: pages have them, core has facts. */
      lines: z.array(z.strictObject({ sequence: z.int(), text: z.string().max(1000) })).max(10_000),
    }),
    z.object({ path: z.string(), fileName: z.string() }),
  ),
} as const;
