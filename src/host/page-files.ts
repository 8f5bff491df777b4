import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};

export type PageFiles = {
  /** The file at a path of the page, or undefined; never anything outside the built page. */
  read(path: string): Promise<Response | undefined>;
};

export function createPageFiles(root: string, policy: () => string): PageFiles {
  const folder = resolve(root);
  return {
    async read(path) {
      const file = locate(folder, path === '/' ? '/index.html' : path);
      const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
      if (file === undefined || !found?.isFile()) return undefined;
      const isPage = file.endsWith('.html');
      // Files under assets carry a hash in their names; the page that names them must be asked for again.
      const isHashed = file.startsWith(join(folder, 'assets') + sep);
      return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream, {
        headers: {
          'content-type': types[extname(file)] ?? 'application/octet-stream',
          'content-length': String(found.size),
          'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
          ...(isPage ? { 'content-security-policy': policy() } : {}),
        },
      });
    },
  };
}

/** Names a build: the page names its files by their hashes, so its own hash stands for all of them. */
export async function readBuild(root: string): Promise<string> {
  const page = await readFile(join(root, 'index.html'));
  return createHash('sha256').update(page).digest('hex').slice(0, 12);
}

function locate(folder: string, path: string): string | undefined {
  let name: string;
  try {
    name = decodeURIComponent(path);
  } catch {
    // Not an address a page of ours could write.
    return undefined;
  }
  if (name.includes('\0') || name.includes('\\') || name.includes(':')) return undefined;
  const file = resolve(folder, `.${name.startsWith('/') ? name : `/${name}`}`);
  return file.startsWith(folder + sep) ? file : undefined;
}
