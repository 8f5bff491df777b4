/** What a web form wrote as a JSON object into a letter of its own robot. */
export type FormLetter = {
  readonly applicant: string | undefined;
  readonly description: string | undefined;
  /** `key: value` lines, for people. */
  readonly text: string;
};

const mostBytes = 100_000;
const feedbackKey = /^e-?mail для обратной связи$/iu;
const descriptionKey = /^(?:описание|суть|текст обращения)$/iu;

/** Undefined for an ordinary letter: the whole body must be one flat JSON object with a feedback address or a description. */
export function readFormLetter(body: string): FormLetter | undefined {
  const trimmed = body.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}') || trimmed.length > mostBytes) return undefined;
  const object = parseObject(trimmed);
  if (!object) return undefined;
  const entries = Object.entries(object).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'number',
  );
  const value = (key: RegExp) => {
    const found = entries.find(([name]) => key.test(plainKey(name)));
    return found === undefined || String(found[1]).trim() === '' ? undefined : String(found[1]).trim();
  };
  const address = value(feedbackKey);
  const description = value(descriptionKey);
  const applicant =
    address !== undefined && /^[^\s@<>]{1,64}@[^\s@<>]{1,255}$/.test(address) ? address : undefined;
  if (applicant === undefined && description === undefined) return undefined;
  return { applicant, description, text: entries.map(([name, content]) => `${name}: ${content}`).join('\n') };
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    // Braces around ordinary prose: not a form, and nothing is lost by reading it as prose.
    return undefined;
  }
}

function plainKey(key: string): string {
  return key
    .normalize('NFKC')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
