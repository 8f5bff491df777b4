import type { Template } from '../../../../shared/contract/templates.ts';

/** What a person writes of a template; its key and its place are core's. */
export type TemplateDraft = Omit<Template, 'id' | 'key' | 'position' | 'automatic'>;

export function draftOf(template: Template): TemplateDraft {
  const { id: _id, key: _key, position: _position, automatic: _automatic, ...draft } = template;
  return draft;
}

export function blankTemplate(name: string, nameEn: string): TemplateDraft {
  return {
    name,
    nameEn,
    subject: '{{title}}',
    body: '',
    audience: 'applicant',
    thread: 'first',
    requires: [],
    duringStatusId: null,
    afterStatusId: null,
    failedStatusId: null,
    beginsWork: '',
    beginsFrom: 'now',
    endsWorks: false,
    armsAutoClose: false,
  };
}

/** Where the cursor stands, over what is selected, and where it stands then. */
export function insertFact(
  text: string,
  fact: string,
  from: number,
  to: number,
): { readonly text: string; readonly at: number } {
  const word = `{{${fact}}}`;
  return { text: `${text.slice(0, from)}${word}${text.slice(to)}`, at: from + word.length };
}
