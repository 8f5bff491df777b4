/** What a template may mention. An empty fact takes its line with it. */
export type TemplateFacts = Readonly<
  Record<'code' | 'title' | 'registeredAt' | 'type' | 'asset' | 'dueAt' | 'applicant' | 'dispatcher', string>
>;

const placeholder = /\{\{(\w+)\}\}/g;

/** Fills `{{fact}}`; a line that names only empty facts is left out, an unknown name stays to be seen. */
export function renderTemplate(template: string, facts: TemplateFacts): string {
  const lines = template.split('\n').filter((line) => {
    const named = [...line.matchAll(placeholder)].map((match) => factOf(facts, match[1] ?? ''));
    return named.length === 0 || named.some((value) => value !== '');
  });
  return lines.join('\n').replaceAll(placeholder, (whole, name: string) => factOf(facts, name) ?? whole);
}

function factOf(facts: TemplateFacts, name: string): string | undefined {
  return Object.hasOwn(facts, name) ? facts[name as keyof TemplateFacts] : undefined;
}
