import { routeError } from '../../route-errors.ts';

export type Place = 'url' | 'header' | 'json' | 'form' | 'xml' | 'text';

export type Values = Readonly<Record<string, string>>;

/**
 * Puts values where `{{name}}` stands, each written so that it stays a value there: words of a message can neither end
 * a string nor add a field, a header or a tag. A name that nobody knows is a mistake of the setting.
 */
export function fillTemplate(template: string, place: Place, values: Values): string {
  return template.replaceAll(/\{\{\s*([^{}]*?)\s*\}\}/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) {
      throw routeError('route-not-set-up', { certainty: 'not-sent', raw: `{{${name}}}` });
    }
    return escapes[place](value);
  });
}

const escapes: Readonly<Record<Place, (value: string) => string>> = {
  url: encodeValue,
  form: encodeValue,
  header: (value) => value.replaceAll(/[\u0000-\u001f\u007f]+/g, ' '),
  json: (value) => JSON.stringify(value).slice(1, -1),
  xml: (value) =>
    value
      // XML 1.0 has no way at all to write these.
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll(/[&<>"'\r]/g, (sign) => `&#${sign.charCodeAt(0)};`),
  text: (value) => value,
};

/** Half of a pair of units cannot be encoded: it becomes the sign for what was lost. */
function encodeValue(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `Name: value` line by line; an empty line or one without a colon is none. */
export function fillHeaders(template: string, values: Values): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of template.split(/\r?\n/)) {
    const at = line.indexOf(':');
    if (at <= 0) continue;
    headers[line.slice(0, at).trim().toLowerCase()] = fillTemplate(
      line.slice(at + 1).trim(),
      'header',
      values,
    );
  }
  return headers;
}
