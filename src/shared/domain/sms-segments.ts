export type SmsLength = {
  readonly encoding: 'gsm7' | 'ucs2';
  /** Septets of GSM-7, or units of 16 bits; what does not fit before a break counts too. */
  readonly units: number;
  readonly segments: number;
  /** Until another segment is begun. */
  readonly left: number;
};

/** 3GPP TS 23.038, the default alphabet; the escape itself is left out. */
const gsmBasic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Behind an escape: two septets each. */
const gsmExtension = '\f^{}\\[~]|€';

const basic = new Set(gsmBasic);
const extension = new Set(gsmExtension);

/** The header that numbers the parts of a long message takes six bytes out of 140. */
const most = { gsm7: { alone: 160, part: 153 }, ucs2: { alone: 70, part: 67 } } as const;

/** What a text costs: how many segments an operator counts it as. */
export function measureSms(text: string): SmsLength {
  const encoding = smsEncoding(text);
  const widthOf = (part: string) => [...part].reduce((sum, sign) => sum + signWidth(sign, encoding), 0);
  const parts = splitSms(text);
  const last = parts.at(-1) ?? '';
  const limit = parts.length > 1 ? most[encoding].part : most[encoding].alone;
  const units = parts.reduce((sum, part, at) => sum + (at < parts.length - 1 ? limit : widthOf(part)), 0);
  return { encoding, units, segments: parts.length, left: limit - widthOf(last) };
}

/** The parts a text travels in; neither an escaped sign nor a pair of units is torn apart. */
export function splitSms(text: string): readonly string[] {
  const encoding = smsEncoding(text);
  const signs = [...text];
  const whole = signs.reduce((sum, sign) => sum + signWidth(sign, encoding), 0);
  if (whole <= most[encoding].alone) return [text];
  const parts: string[] = [];
  let part = '';
  let width = 0;
  for (const sign of signs) {
    const wide = signWidth(sign, encoding);
    if (width + wide > most[encoding].part) {
      parts.push(part);
      part = '';
      width = 0;
    }
    part += sign;
    width += wide;
  }
  return [...parts, part];
}

export function smsEncoding(text: string): 'gsm7' | 'ucs2' {
  return [...text].every((sign) => basic.has(sign) || extension.has(sign)) ? 'gsm7' : 'ucs2';
}

function signWidth(sign: string, encoding: 'gsm7' | 'ucs2'): number {
  return encoding === 'ucs2' ? sign.length : extension.has(sign) ? 2 : 1;
}

/** What is read on a telephone of a notification; a title that the text begins with is not said twice. */
export function smsText({ title, text }: { readonly title: string; readonly text: string }): string {
  return title === '' || text.startsWith(title) ? text : `${title}\n${text}`;
}
