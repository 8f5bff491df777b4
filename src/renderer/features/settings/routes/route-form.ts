import type { Route, RouteSetup } from '../../../../shared/contract/routes.ts';
import { type RouteKind, routeKinds } from '../../../../shared/domain/route-kinds.ts';
import type { RouteField, RouteKindSpec } from '../../../../shared/domain/route-kinds/route-kind-spec.ts';

export const proxyPassword = 'proxyPassword';

export type RouteForm = {
  readonly id: number | null;
  readonly kind: RouteKind;
  readonly name: string;
  /** Fields of the kind that are no secrets, and `proxy`. */
  readonly fields: Readonly<Record<string, string>>;
  /** Only those that are given anew; '' forgets one. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly proxy: string;
  readonly timeoutSeconds: string;
  readonly perMinute: string;
  readonly price: string;
  readonly dailyLimit: string;
};

export type RouteProblem = 'name' | 'proxy' | 'timeoutSeconds' | 'perMinute' | 'price' | 'dailyLimit';

export function specOf(kind: RouteKind): RouteKindSpec {
  return routeKinds[kind];
}

export function freshForm(kind: RouteKind, name: string): RouteForm {
  const { fields, perMinute } = specOf(kind);
  return {
    id: null,
    kind,
    name,
    fields: Object.fromEntries(
      fields.flatMap((field) => (field.secret ? [] : [[field.name, field.initial ?? '']])),
    ),
    secrets: {},
    proxy: '',
    timeoutSeconds: '15',
    perMinute: String(perMinute),
    price: '',
    dailyLimit: '',
  };
}

export function formOf(route: Route): RouteForm {
  const { id, kind, name, settings, proxy, timeoutMs, perMinute, price, dailyLimit } = route;
  return {
    id,
    kind,
    name,
    fields: settings,
    secrets: {},
    proxy,
    timeoutSeconds: String(timeoutMs / 1000),
    perMinute: String(perMinute),
    price: price === 0 ? '' : toMoneyText(price),
    dailyLimit: dailyLimit === null ? '' : toMoneyText(dailyLimit),
  };
}

export function problemsOf(form: RouteForm): ReadonlySet<RouteProblem> {
  const problems = new Set<RouteProblem>();
  if (form.name.trim() === '') problems.add('name');
  if (form.proxy.trim() !== '' && !isProxy(form.proxy.trim())) problems.add('proxy');
  if (!isWhole(form.timeoutSeconds, 1, 300)) problems.add('timeoutSeconds');
  if (!isWhole(form.perMinute, 1, 60_000)) problems.add('perMinute');
  if (form.price.trim() !== '' && toMoney(form.price) === undefined) problems.add('price');
  if (form.dailyLimit.trim() !== '' && toMoney(form.dailyLimit) === undefined) problems.add('dailyLimit');
  return problems;
}

/** Required fields that are empty; it may be saved without them, not switched on. */
export function missingOf(
  { kind, fields, secrets }: RouteForm,
  kept: readonly string[],
): ReadonlySet<string> {
  const isEmpty = ({ name, secret }: RouteField): boolean =>
    secret ? (secrets[name] ?? (kept.includes(name) ? 'kept' : '')) === '' : !fields[name]?.trim();
  return new Set(
    specOf(kind)
      .fields.filter((field) => field.required && isEmpty(field))
      .map(({ name }) => name),
  );
}

/** Only of a form without problems. */
export function toSetup(form: RouteForm): RouteSetup & { readonly id: number | null } {
  const { paid } = specOf(form.kind);
  return {
    id: form.id,
    kind: form.kind,
    name: form.name.trim(),
    settings: { ...form.fields },
    secrets: { ...form.secrets },
    proxy: form.proxy.trim(),
    timeoutMs: Number(form.timeoutSeconds) * 1000,
    perMinute: Number(form.perMinute),
    price: paid ? (toMoney(form.price) ?? 0) : 0,
    dailyLimit: paid && form.dailyLimit.trim() !== '' ? (toMoney(form.dailyLimit) ?? 0) : null,
  };
}

/** Hundredths; undefined for what is no amount. A comma is as good as a point. */
export function toMoney(text: string): number | undefined {
  const [, whole, part = ''] = /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(text.trim()) ?? [];
  return whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

export function toMoneyText(hundredths: number): string {
  const rest = hundredths % 100;
  const whole = String((hundredths - rest) / 100);
  return rest === 0 ? whole : `${whole},${String(rest).padStart(2, '0')}`;
}

function isProxy(text: string): boolean {
  return /^(https?|socks5):\/\//i.test(text) && URL.canParse(text) && new URL(text).password === '';
}

function isWhole(text: string, least: number, most: number): boolean {
  return /^\d{1,6}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;
}
