import type { Backend } from '../core/app-types.ts';
import { guardHeaders, pagePolicy } from '../host/page-headers.ts';
import { createPageFiles } from '../host/page-files.ts';

export const appScheme = 'app';
export const appOrigin = 'app://pult';

/** Whether an address is the desk's own page; letters have the same origin and are not. */
export function isDesk(address: string): boolean {
  const url = URL.parse(address);
  if (url?.protocol !== `${appScheme}:` || url.host !== 'pult') return false;
  return url.pathname === '/' || url.pathname === '/index.html';
}

/** Answers `app://pult/…`: files of the built page, else whatever core serves; nothing from outside either. */
export function createAppProtocol(
  rendererDir: string,
  backend: () => Backend | undefined,
): (request: Request) => Promise<Response> {
  const files = createPageFiles(rendererDir, () => pagePolicy(undefined, backend()?.tileOrigin()));
  return async (request) => {
    const url = URL.parse(request.url);
    if (url?.host !== 'pult') return refuse(404);
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const file = reads ? await files.read(url.pathname) : undefined;
    if (file) return guard(file);
    const core = backend();
    if (!core) return refuse(503);
    const asked = new Request(`http://pult${url.pathname}${url.search}`, {
      method: request.method,
      headers: request.headers,
      ...(reads ? {} : { body: request.body, duplex: 'half' as const }),
    });
    return guard(await core.web(asked));
  };
}

function guard(response: Response): Response {
  const headers = new Headers({ ...guardHeaders, ...Object.fromEntries(response.headers) });
  return new Response(response.body, { status: response.status, headers });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: { ...guardHeaders } });
}
