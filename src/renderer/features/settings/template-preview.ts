/** Facts a letter template may mention, in the order the editor offers them. */
export const templateFacts = [
  'code',
  'title',
  'type',
  'asset',
  'registeredAt',
  'dueAt',
  'applicant',
  'dispatcher',
] as const;
export type TemplateFact = (typeof templateFacts)[number];

const placeholder = /\{\{(\w+)\}\}/g;

/** As core will fill it, with sample facts. */
export function previewTemplate(text: string, facts: Readonly<Record<TemplateFact, string>>): string {
  return text.replaceAll(placeholder, (whole, name: string) => {
    const fact = templateFacts.find((known) => known === name);
    return fact ? facts[fact] : whole;
  });
}

export function unknownFacts(text: string): readonly string[] {
  const named = [...text.matchAll(placeholder)].map((match) => match[1] ?? '');
  return [...new Set(named)].filter((name) => !templateFacts.some((known) => known === name));
}
