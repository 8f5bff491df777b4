/** What a template may mention, by name. An empty fact takes its line with it. */
export type TemplateFacts = Readonly<Record<string, string>>;

const placeholder = /\{\{([\w-]+)\}\}/g;

/** Fills `{{fact}}`; a line that names only empty facts is left out, an unknown name stays to be seen. */
export function renderTemplate(template: string, facts: TemplateFacts): string {
  const lines = template.split('\n').filter((line) => {
    const named = [...line.matchAll(placeholder)].map((match) => factOf(facts, match[1] ?? ''));
    return named.length === 0 || named.some((value) => value !== '');
  });
  return withoutGaps(lines)
    .join('\n')
    .replaceAll(placeholder, (whole, name: string) => factOf(facts, name) ?? whole);
}

export function unknownFacts(template: string, facts: TemplateFacts): string[] {
  const names = [...template.matchAll(placeholder)].map((match) => match[1] ?? '');
  return [...new Set(names)].filter((name) => factOf(facts, name) === undefined);
}

/** Lines that went away leave no hole of blank ones behind. */
function withoutGaps(lines: readonly string[]): string[] {
  const kept = lines.filter(
    (line, at) => line.trim() !== '' || (lines[at - 1] ?? '').trim() !== '' || at === 0,
  );
  return kept.at(-1)?.trim() === '' ? kept.slice(0, -1) : kept;
}

function factOf(facts: TemplateFacts, name: string): string | undefined {
  return Object.hasOwn(facts, name) ? facts[name] : undefined;
}
