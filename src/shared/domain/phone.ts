import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Where a number without its country is from: 8 900 555-01-12 is written so in Russia and Kazakhstan. */
const home = 'RU';

/** `+79005550112` out of whatever a person wrote; undefined when no telephone can have this number. */
export function toE164(written: string): string | undefined {
  const said = written.trim();
  const digits = said.replaceAll(/\D/g, '');
  if (/\p{L}/u.test(said) || digits === '') return undefined;
  const isAbroad = said.startsWith('+') || digits.startsWith('00');
  const tries = isAbroad
    ? [`+${digits.replace(/^00/, '')}`]
    : // Digits as directories keep them may carry the code of another country without its plus.
      [said, `+${digits}`];
  for (const one of tries) {
    const number = parsePhoneNumberFromString(one, home);
    if (number?.isValid() === true) return number.number;
  }
  // Ranges are opened faster than any table of them is renewed: what has the right length is the operator's to refuse.
  const possible = parsePhoneNumberFromString(tries[0] ?? '', home);
  return possible?.isPossible() === true ? possible.number : undefined;
}
