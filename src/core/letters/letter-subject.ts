import { cleanTitle } from '../../shared/domain/subject.ts';

export type LetterMode = 'reply' | 'reply-all' | 'forward' | 'new';

const prefixes: Readonly<Record<LetterMode, string>> = {
  reply: 'Re: ',
  'reply-all': 'Re: ',
  forward: 'Fwd: ',
  new: '',
};

/** `Re: PLT-1042: what it was about`: the code in front, once, whatever the subject has gathered on its way. */
export function letterSubject(
  mode: LetterMode,
  code: string,
  subject: string,
  codePrefixes: readonly string[],
): string {
  const clean = cleanTitle(subject, codePrefixes);
  const coded = code === '' ? clean : `${code}: ${clean}`;
  return `${prefixes[mode]}${coded}`.slice(0, 500);
}
