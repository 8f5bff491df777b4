import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AppError, toAppError, type ErrorCode } from '../shared/errors.ts';
import type { MessageViewStore } from './db/message-view-store.ts';
import type { Logger } from './platform/logger.ts';
import type { Reports } from './reports/create-reports.ts';
import type { StoreUpload } from './mail/store-upload.ts';

type Parts = {
  readonly views: MessageViewStore;
  readonly rawFile: (sha256: string) => string;
  /** Hash of a letter in quarantine, which is no message yet. */
  readonly heldRaw: (rawId: number) => string | undefined;
  readonly attachmentFile: (sha256: string) => string;
  readonly storeUpload: StoreUpload;
  /** One incident on paper or as an archive, ordered by a page before. */
  readonly dossier: (token: string) => Promise<Response>;
  readonly reports: Pick<Reports, 'exportFile' | 'mapPoints'>;
  readonly log: Logger;
};

/** Shown in the page itself; everything else is only ever saved. SVG and HTML can carry programs and are not here. */
const shownTypes: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'text/plain',
]);

const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  'invalid-input': 400,
  'not-found': 404,
  denied: 403,
  conflict: 409,
  'rate-limited': 429,
  unavailable: 503,
};

/** Everything that is bytes: letters, attachments, raw letters and uploads. The shell has already let the caller in. */
export function createWeb(parts: Parts): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      const response = await route(parts, request);
      if (request.method !== 'HEAD') return response;
      // Nobody reads it: the file behind it would stay open.
      await response.body?.cancel();
      return new Response(null, { status: response.status, headers: response.headers });
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === 'internal') parts.log.error({ err: error }, 'web.failed');
      return Response.json(
        { code: error.code, details: error.details },
        { status: statuses[error.code] ?? 500 },
      );
    }
  };
}

async function route(parts: Parts, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const [kind, id = '', part, contentId] = url.pathname.split('/').filter(Boolean).map(safeDecode);
  if (request.method === 'POST' && kind === 'upload' && id === '') return upload(parts, request);
  if (request.method !== 'GET' && request.method !== 'HEAD') throw missing();
  if (kind === 'letter' && part === undefined) return letter(parts, Number(id), url.searchParams);
  if (kind === 'letter' && part === 'cid' && contentId !== undefined) {
    const found = parts.views.inlinePart(Number(id), contentId);
    if (!found) throw missing();
    return sendFile(parts.attachmentFile(found.sha256), found.mimeType, found.fileName);
  }
  if (kind === 'blob' && /^[0-9a-f]{64}$/.test(id)) {
    const known = parts.views.file(id);
    const name = url.searchParams.get('name') ?? known?.fileName ?? id;
    return sendFile(parts.attachmentFile(id), known?.mimeType ?? 'application/octet-stream', name);
  }
  if (kind === 'raw') return rawLetter(parts, id, part);
  const made = await madeHere(parts, kind, id);
  if (made) return made;
  throw missing();
}

function bytes(content: Uint8Array): Response {
  return new Response(new Uint8Array(content), {
    headers: {
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}

async function rawLetter(parts: Parts, id: string, part: string | undefined): Promise<Response> {
  const isHeld = id === 'quarantine';
  const sha256 = isHeld ? parts.heldRaw(Number(part)) : parts.views.raw(Number(id))?.sha256;
  if (sha256 === undefined) throw missing();
  return sendFile(parts.rawFile(sha256), 'message/rfc822', isHeld ? `letter-${part}.eml` : `${id}.eml`);
}

/** What the desk itself wrote: a table, points of the map, one incident on paper. */
async function madeHere(parts: Parts, kind: string | undefined, id: string): Promise<Response | undefined> {
  if (kind === 'dossier') return parts.dossier(id);
  if (kind === 'export') {
    const file = parts.reports.exportFile(id);
    return file && sendFile(file.path, file.mimeType, file.fileName);
  }
  if (kind === 'map' && id === 'points') return bytes(await parts.reports.mapPoints());
  return undefined;
}

function missing(): AppError {
  return new AppError('not-found', { details: { reason: 'address' } });
}

/**
 * A letter stands at an address of its own so that its rules are its own: no program, no form, no frame, and pictures
 * from elsewhere only when a person asked for them.
 */
function letter({ views }: Parts, id: number, parameters: URLSearchParams): Response {
  const html = views.html(id);
  if (html === undefined) throw missing();
  const remote = parameters.get('remote') === '1' ? ' https: http:' : '';
  const policy = [
    "default-src 'none'",
    `img-src 'self' data:${remote}`,
    "style-src 'unsafe-inline'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  ];
  const body = html.replaceAll(/(["'(])cid:([^"')\s]+)/g, (_whole, before: string, cid: string) => {
    return `${before}${id}/cid/${encodeURIComponent(safeDecode(cid))}`;
  });
  return new Response(page(body, parameters.get('theme') === 'dark'), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.join('; '),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, max-age=600',
    },
  });
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign is part of the name.
    return text;
  }
}

/** Letters are written for white paper: the dark theme turns the whole paper over and the pictures back. */
function page(body: string, isDark: boolean): string {
  const dark = isDark
    ? 'html{filter:invert(.88) hue-rotate(180deg)}img{filter:invert(1) hue-rotate(180deg)}'
    : '';
  const base =
    'html{background:#fff;color:#1d2329;overflow-wrap:anywhere}body{margin:8px 10px;font:13px/1.45 Inter,"DejaVu Sans",sans-serif}img{max-width:100%;height:auto}table{max-width:100%;border-collapse:collapse}pre{white-space:pre-wrap}';
  return `<!doctype html><html><head><meta charset="utf-8"><base target="_blank"><style>${base}${dark}</style></head><body>${body}</body></html>`;
}

async function sendFile(path: string, mimeType: string, fileName: string): Promise<Response> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw missing();
  const isShown = shownTypes.has(mimeType);
  const disposition = isShown ? 'inline' : 'attachment';
  const type = mimeType === 'text/plain' ? 'text/plain; charset=utf-8' : mimeType;
  return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': isShown ? type : 'application/octet-stream',
      'content-length': String(found.size),
      'content-disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      // The browser's own viewer of PDF draws in a frame that a sandbox would keep empty.
      'content-security-policy':
        mimeType === 'application/pdf'
          ? "frame-ancestors 'self'"
          : "default-src 'none'; img-src 'self'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=86400, immutable',
    },
  });
}

async function upload({ storeUpload }: Parts, request: Request): Promise<Response> {
  if (request.body === null) throw new AppError('invalid-input', { details: { reason: 'empty-upload' } });
  const fileName = safeDecode(request.headers.get('x-file-name') ?? 'file').slice(0, 255);
  const mimeType = (request.headers.get('content-type') ?? 'application/octet-stream').slice(0, 127);
  const stored = await storeUpload(request.body);
  return Response.json({ ...stored, fileName, mimeType });
}
