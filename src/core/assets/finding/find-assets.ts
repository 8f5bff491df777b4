import { withoutCodes } from '../../../shared/domain/incident-code.ts';
import { cleanTitle } from '../../../shared/domain/subject.ts';
import { decide } from './decide.ts';
import type { AssetIndex, Finding, FindingText } from './finding.ts';
import { ranks, splitLetter } from './letter-parts.ts';
import { createLookUp } from './look-up.ts';
import { readPart } from './read-part.ts';
import { isSample } from './void-spans.ts';

const mark = '(?:\\s{0,3}\\[[^\\]]{0,40}\\])?\\s{0,3}';
const inheritedSubject = new RegExp(
  `^${mark}(?:re|fwd?|aw|wg|отв|ответ|пересл|переслано|пер)\\s{0,3}(?:\\[\\d+\\]|\\(\\d+\\)|-?\\s{0,3}\\d{1,3})?\\s{0,3}:`,
  'iu',
);
const longestTitle = 300;
/** Bounces and absences speak of the letter they answer, which has its incident already. */
const automaticSubject = new RegExp(
  `^${mark}(?:автоответ|автоматический ответ|auto(?:matic)?[- ]?reply|out of (?:the )?office|undeliver|недостав|не уда[её]тся доставить|не доставлено|delivery (?:status|fail|has failed)|mail delivery|returned mail|failure notice)`,
  'iu',
);

/**
 * Which assets a letter is about. Never fails: what cannot be read for certain is offered or left alone. Takes time in
 * proportion to the text, and no more than the first hundred thousand characters of it.
 */
export function findAssets(letter: FindingText, index: AssetIndex): Finding {
  const prefixes = letter.codePrefixes ?? [];
  const title = cleanTitle(letter.subject.slice(0, longestTitle), prefixes);
  if (automaticSubject.test(letter.subject) || isSample(title)) return { bind: [], offer: [] };
  const parts = splitLetter(letter).map((part) => ({ ...part, text: withoutCodes(part.text, prefixes) }));
  const lookUp = createLookUp(index);
  const alone = /^[№#\s]{0,3}\d+$/u.test(title);
  const mentions = parts.flatMap((part) => readPart(part, lookUp, alone && part.rank === ranks.subject));
  return decide(mentions, {
    groups: letter.senderDomain === '' ? [] : index.groupsByDomain(letter.senderDomain),
    inherited: inheritedSubject.test(letter.subject),
  });
}
