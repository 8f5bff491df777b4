import { Readable } from 'node:stream';
import { AppError } from '../../shared/errors.ts';
import type { Db } from '../db/open.ts';
import type { Random } from '../platform/random.ts';
import { type ArchiveParts, dossierArchive } from './archive.ts';
import { type DossierOrder, type DossierParts, readDossier } from './dossier.ts';
import { dossierHtml } from './dossier-html.ts';
import { dossierPdf } from './dossier-pdf.ts';
import type { MakePdf } from './make-pdf.ts';

type Form = 'print' | 'pdf' | 'archive';

export type DossierDesk = {
  /** Throws `not-found`. The journal tells who took the incident out, and whether with notes. */
  take(order: DossierOrder & { readonly as: Form }): { readonly path: string; readonly fileName: string };
  /** The bytes of what was taken. Throws `not-found` (reason `dossier-gone`) after ten minutes. */
  respond(token: string): Promise<Response>;
};

type Parts = DossierParts &
  ArchiveParts & { readonly db: Db; readonly random: Random; readonly makePdf: MakePdf };

const keptMs = 600_000;
/** Orders hold the words of a history: those nobody came for are dropped. */
const mostKept = 50;

const endings: Readonly<Record<Form, string>> = { print: 'html', pdf: 'pdf', archive: 'zip' };
const types: Readonly<Record<Form, string>> = {
  print: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  archive: 'application/zip',
};

export function createDossierDesk(parts: Parts): DossierDesk {
  const orders = new Map<string, DossierOrder & { readonly as: Form; readonly until: number }>();
  return {
    take(order) {
      const incident = parts.incidents.require(order.incidentId);
      const token = Buffer.from(parts.random.bytes(18)).toString('base64url');
      parts.db.transact(() => {
        parts.journal.append({
          kind: 'incident.exported',
          subject: 'incident',
          subjectId: incident.id,
          actorId: order.actor,
          facts: { as: order.as, notes: order.notes },
        });
        parts.db.touch('incident', incident.id);
        parts.db.afterCommit(() => {
          const now = parts.clock.now();
          for (const [old, { until }] of orders) {
            if (until < now || orders.size >= mostKept) orders.delete(old);
          }
          orders.set(token, { ...order, until: now + keptMs });
        });
      });
      return { path: `dossier/${token}`, fileName: `${incident.code}.${endings[order.as]}` };
    },
    async respond(token) {
      const order = orders.get(token);
      if (!order || order.until < parts.clock.now()) {
        throw new AppError('not-found', { details: { reason: 'dossier-gone' } });
      }
      const dossier = readDossier(parts, order);
      return new Response(await bodyOf(parts, order.as, dossier), {
        headers: {
          'content-type': types[order.as],
          'content-disposition': `${order.as === 'print' ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(`${dossier.code}.${endings[order.as]}`)}`,
          // Printed from a frame of the desk's page: the frame runs nothing, its page asks it to print.
          'content-security-policy':
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-modals",
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cache-control': 'no-store',
        },
      });
    },
  };
}

async function bodyOf(
  parts: Parts,
  as: Form,
  dossier: ReturnType<typeof readDossier>,
): Promise<string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>> {
  if (as === 'print') return dossierHtml(dossier);
  if (as === 'pdf') return new Uint8Array(await parts.makePdf(dossierPdf(dossier)));
  return Readable.toWeb(await dossierArchive(parts, dossier)) as ReadableStream<Uint8Array>;
}
