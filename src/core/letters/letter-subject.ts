import { foldCode } from '../../shared/domain/asset-code.ts';
import type { AssetKind } from '../../shared/domain/asset-kinds.ts';
import { cleanTitle, squeeze, withoutRepeats } from '../../shared/domain/subject.ts';

export type LetterMode = 'reply' | 'reply-all' | 'forward' | 'new';

const prefixes: Readonly<Record<LetterMode, string>> = {
  reply: 'Re: ',
  'reply-all': 'Re: ',
  forward: 'Fwd: ',
  new: '',
};

const assetWords: Readonly<Record<AssetKind, string>> = {
  pole: 'опора',
  station: 'БС',
  machine: 'машина',
  site: 'объект',
};

/** So much of a code's beginning tells it apart: people and robots cut codes short. */
const tellingChars = 5;
const longestSubject = 500;

/**
 * `Re: PLT-1042: what it was about (опора 41208-P-52-1-1)`: the code in front and the asset at the end, each once,
 * whatever the subject has gathered on its way.
 */
export function letterSubject(
  mode: LetterMode,
  code: string,
  subject: string,
  codePrefixes: readonly string[],
  asset?: { readonly kind: AssetKind; readonly code: string },
): string {
  const clean = cleanTitle(withoutRepeats(cleanTitle(withoutRepeats(subject), codePrefixes)), codePrefixes);
  const named =
    asset === undefined || names(clean, asset.code) ? '' : ` (${assetWords[asset.kind]} ${asset.code})`;
  const front = `${prefixes[mode]}${code === '' ? '' : `${code}: `}`;
  const room = longestSubject - front.length - named.length;
  return `${front}${clean.slice(0, room)}${named}`.trimEnd();
}

/** Whether a word of the subject is the code, or as much of its beginning as tells it apart. */
function names(subject: string, code: string): boolean {
  const folded = foldCode(code);
  return squeeze(subject)
    .split(/[\s,;:()[\]«»"'/\\|]+/u)
    .map((word) => foldCode(word.replaceAll(/[….]+$/gu, '')))
    .some((word) => word === folded || (word.length >= tellingChars && folded.startsWith(word)));
}
