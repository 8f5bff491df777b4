import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MessageViewStore } from './db/message-view-store.ts';
import { attachmentPath } from './mail/parse/attachment-files.ts';
import { createStoreUpload } from './mail/store-upload.ts';
import { silentLogger } from './platform/logger.ts';
import { AppError } from '../shared/errors.ts';
import { createWeb } from './web.ts';

const sha = 'a'.repeat(64);

let folder: string;
let lines: string[];
let file: { fileName: string; mimeType: string };
let html: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pult-web-'));
  lines = [];
  file = { fileName: 'схема.png', mimeType: 'image/png' };
  html = '<p>Нет питания</p><img src="cid:plan@x%20y/1"><img src="cid:100%">';
  const path = attachmentPath(folder, sha);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, 'bytes');
});

afterEach(() => rmSync(folder, { recursive: true }));

const views = {
  html: (id: number) => (id === 7 ? html : undefined),
  file: () => ({ ...file, sha256: sha, size: 5 }),
  inlinePart: (id: number, cid: string) =>
    id === 7 && cid === 'plan@x y/1' ? { ...file, sha256: sha, size: 5 } : undefined,
  raw: (id: number) => (id === 7 ? { sha256: sha, size: 5 } : undefined),
} as unknown as MessageViewStore;
const ask = (path: string, init?: RequestInit & { duplex?: 'half' }) =>
  createWeb({
    views,
    rawFile: (sha256) => attachmentPath(folder, sha256),
    dossier: () => Promise.reject(new AppError('not-found')),
    heldRaw: (id) => (id === 3 ? sha : undefined),
    attachmentFile: (sha256) => attachmentPath(folder, sha256),
    storeUpload: createStoreUpload(folder),
    reports: {
      exportFile: (id) =>
        id === 'made'
          ? { path: attachmentPath(folder, sha), mimeType: 'text/csv; charset=utf-8', fileName: 'сводка.csv' }
          : undefined,
      mapPoints: () => Promise.resolve(new Uint8Array([1, 2, 3])),
    },
    log: { ...silentLogger, error: (_fields, event) => void lines.push(event) },
  })(new Request(`http://pult.example${path}`, init));
const leftBehind = () =>
  readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('upload'));

describe('a letter', () => {
  test('can run nothing, send nothing and fetch nothing', async () => {
    const policy = (await ask('/letter/7')).headers.get('content-security-policy') ?? '';

    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("img-src 'self' data:;");
    expect(policy).toContain("form-action 'none'");
    expect(policy).not.toMatch(/allow-scripts|script-src|allow-forms/);
  });

  test('fetches pictures from elsewhere only when asked', async () => {
    const policy = (await ask('/letter/7?remote=1')).headers.get('content-security-policy');

    expect(policy).toContain("img-src 'self' data: https: http:;");
  });

  test('finds its own pictures, whatever their names', async () => {
    const body = await (await ask('/letter/7')).text();
    expect(body).toContain('src="7/cid/plan%40x%20y%2F1"');
    expect(body).toContain('src="7/cid/100%25"');

    const picture = await ask('/letter/7/cid/plan%40x%20y%2F1');
    expect([picture.status, await picture.text()]).toEqual([200, 'bytes']);
  });

  test.each(['/letter/8', '/letter/', '/letter/NaN', '/letter/1e999', '/letter/7/cid/other', '/letter/7/x'])(
    '%s is not there',
    async (path) => expect((await ask(path)).status).toBe(404),
  );
});

describe('an attachment', () => {
  test.each(['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/xml', 'IMAGE/SVG+XML', ''])(
    'called %s is only ever saved',
    async (mimeType) => {
      file = { fileName: 'x.html', mimeType };

      const { headers } = await ask(`/blob/${sha}`);

      expect(headers.get('content-type')).toBe('application/octet-stream');
      expect(headers.get('content-disposition')).toMatch(/^attachment;/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  test('that is a picture is shown under its Russian name', async () => {
    const { headers } = await ask(`/blob/${sha}`);

    expect(headers.get('content-disposition')).toBe(
      `inline; filename*=UTF-8''${encodeURIComponent('схема.png')}`,
    );
  });

  test('cannot set a header by its name', async () => {
    file = { fileName: 'a\r\nSet-Cookie: x=1"; filename="b', mimeType: 'image/png' };

    const { headers } = await ask(`/blob/${sha}`);

    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('content-disposition')).not.toMatch(/["\r\n]/);
  });

  test('asked for by its head alone leaves no file open', async () => {
    const answer = await ask(`/blob/${sha}`, { method: 'HEAD' });

    expect([answer.headers.get('content-length'), answer.body]).toEqual(['5', null]);
  });
});

test.each([
  '/blob/../../pult.db',
  '/blob/..%2f..%2fpult.db',
  `/blob/${'b'.repeat(64)}`,
  '/blob/%E0%A4%A',
  '/raw/%',
  '/raw/quarantine/4',
  '/raw/..%2F..%2Flock.db',
  '/',
  '/pult.db',
])('%s is refused quietly', async (path) => {
  expect((await ask(path)).status).toBe(404);
  expect(lines).toEqual([]);
});

describe('an upload', () => {
  test('is stored once under its hash and named as it was', async () => {
    const put = async () =>
      (
        await ask('/upload', {
          method: 'POST',
          body: 'файл',
          headers: { 'x-file-name': encodeURIComponent('акт.pdf'), 'content-type': 'application/pdf' },
        })
      ).json();

    const first = (await put()) as { sha256: string };

    expect(first).toMatchObject({ fileName: 'акт.pdf', mimeType: 'application/pdf', size: 8 });
    expect(await put()).toEqual(first);
    expect(existsSync(attachmentPath(folder, first.sha256))).toBe(true);
    expect(leftBehind()).toEqual([]);
  });

  test('above 50 MB is refused and leaves nothing on the disk', async () => {
    const chunk = new Uint8Array(1024 * 1024);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent > 60) controller.close();
        else controller.enqueue(chunk);
      },
    });

    const answer = await ask('/upload', { method: 'POST', body, duplex: 'half' });

    expect([answer.status, await answer.json()]).toMatchObject([400, { details: { reason: 'too-large' } }]);
    expect(leftBehind()).toEqual([]);
  });

  test('cut off in the middle leaves nothing on the disk', async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent > 3) controller.error(new Error('the page is gone'));
        else controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });

    expect((await ask('/upload', { method: 'POST', body, duplex: 'half' })).status).toBe(500);
    expect(leftBehind()).toEqual([]);
  });
});

test('a finished export is saved under its name, and one that is not there is not found', async () => {
  const answer = await ask('/export/made');

  expect(answer.headers.get('content-disposition')).toBe(
    `attachment; filename*=UTF-8''${encodeURIComponent('сводка.csv')}`,
  );
  expect(await answer.text()).toBe('bytes');
  expect((await ask('/export/other')).status).toBe(404);
});

test('places of the map are bytes that nobody keeps', async () => {
  const answer = await ask('/map/points');

  expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([1, 2, 3]);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});
