import { expect, test } from 'vitest';
import { routeKindNames, routeKinds } from '../../src/shared/domain/route-kinds.ts';
import type { RouteField } from '../../src/shared/domain/route-kinds/route-kind-spec.ts';
import { createWords } from '../../src/shared/i18n/index.ts';

const cases = (['ru', 'en'] as const).flatMap((language) =>
  routeKindNames.map((kind) => [kind, language] as const),
);

test.each(cases)('every field of %s has words in %s', (kind, language) => {
  const words = createWords(language);
  const has = (...keys: readonly string[]): boolean => keys.some((key) => words.exists(key));
  const fields: readonly RouteField[] = routeKinds[kind].fields;
  const missing = fields.flatMap(({ name, values = [] }) => [
    ...(has(`routes.kinds.${kind}.${name}`, `routes.fields.${name}`) ? [] : [name]),
    ...values
      .filter((value) => !has(`routes.choices.${kind}.${name}.${value}`, `routes.choices.${name}.${value}`))
      .map((value) => `${name}: ${value}`),
  ]);
  expect(missing).toEqual([]);
  expect(has(`routes.kind.${kind}`) && has(`routes.about.${kind}`)).toBe(true);
});

test('words of fields that no kind has are gone', () => {
  const words = createWords('ru');
  const known = new Set(routeKindNames.flatMap((kind) => routeKinds[kind].fields.map(({ name }) => name)));
  const fields = words.getResourceBundle('ru', 'translation') as { routes: { fields: object } };
  expect(
    Object.keys(fields.routes.fields).filter((name) => !(known as ReadonlySet<string>).has(name)),
  ).toEqual([]);
});
