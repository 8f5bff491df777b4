import { routeKinds, type RouteKind } from '../../shared/domain/route-kinds.ts';
import { AppError } from '../../shared/errors.ts';
import type { RouteConfig, RouteDriver, StatusReport } from './route-driver.ts';

const covered = '***';
/** A shorter one would stand in words that are none. */
const shortestSecret = 4;

/**
 * Services say back what they were given: the page of a proxy quotes the address that was asked for, with a bot's token
 * in it. What a driver tells goes to the screen, to exports and to the log; its secrets do not.
 */
export function coverSecrets(kind: RouteKind, config: RouteConfig, driver: RouteDriver): RouteDriver {
  const cover = coverOf(secretsIn(kind, config));
  const told = <Report extends StatusReport>(report: Report): Report => ({
    ...report,
    raw: cover(report.raw),
  });
  const { send, poll, find, listen, test } = driver;
  const watched = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      throw coverError(thrown, cover);
    }
  };
  return {
    ...driver,
    send: (dispatch, hooks, signal) => watched(async () => told(await send(dispatch, hooks, signal))),
    test: (signal) => watched(() => test(signal)),
    ...(poll && {
      poll: (asked, signal) =>
        watched(async () =>
          (await poll(asked, signal)).map((polled) => ({ ...polled, report: told(polled.report) })),
        ),
    }),
    ...(find && {
      find: (asked, signal) =>
        watched(async () => {
          const found = await find(asked, signal);
          return typeof found === 'string' ? found : told(found);
        }),
    }),
    ...(listen && {
      listen: (inbox, signal) =>
        watched(() =>
          listen(
            { ...inbox, receipt: (event) => inbox.receipt({ ...event, report: told(event.report) }) },
            signal,
          ),
        ),
    }),
  };
}

function secretsIn(kind: RouteKind, { fields, proxy }: RouteConfig): readonly string[] {
  const named = routeKinds[kind].fields.flatMap((field) =>
    'secret' in field && field.secret ? [fields[field.name] ?? ''] : [],
  );
  const password = URL.canParse(proxy) ? decodeURIComponent(new URL(proxy).password) : '';
  return [...named, password].map((secret) => secret.trim());
}

/** As they are, and as addresses and texts of JSON write them; the longest first, for one may stand in another. */
function coverOf(secrets: readonly string[]): (text: string) => string {
  const written = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  const forms = [...new Set(written)].toSorted((a, b) => b.length - a.length);
  return (text) => forms.reduce((rest, form) => rest.replaceAll(form, covered), text);
}

function coverError(thrown: unknown, cover: (text: string) => string): unknown {
  if (!(thrown instanceof AppError)) return thrown;
  const { code, message, details, retryAfterMs, cause } = thrown;
  const { raw } = details;
  if (typeof raw !== 'string' || cover(raw) === raw) return thrown;
  return new AppError(code, {
    message,
    details: { ...details, raw: cover(raw) },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(cause === undefined ? {} : { cause }),
  });
}
