import { verbCaptions } from '../../answer-words.ts';
import type { Dispatch } from '../../route-driver.ts';

type Words = { readonly subject: string; readonly text: string; readonly html: string };

/** Above it stands what somebody answers; whatever their program quotes stands below. */
export const answerLine = '──── Ответ пишите выше этой черты ────';

/** The letter to a person: words first, then how to answer by one word or one touch. */
export function noticeWords(dispatch: Dispatch, mailbox: string): Words {
  const { title, text, verbs, code } = dispatch;
  const captions = verbs.map((verb) => verbCaptions[verb]);
  const subject = `${oneLine(title) || firstLine(text)} [${code}]`;
  const asks = captions.length > 0;
  const how = asks
    ? `Ответьте на это письмо одним словом: ${captions.join(', ')}.\nИли новым письмом на ${mailbox}: «${captions[0]} ${code}».`
    : 'На это письмо можно ответить: диспетчер прочтёт.';
  return {
    subject,
    text: `${answerLine}\n\n${text.trim()}\n\n${how}\n`,
    html: [
      `<p style="color:#888">${answerLine}</p>`,
      `<div style="white-space:pre-wrap">${escaped(text.trim())}</div>`,
      ...(asks ? [`<p>${captions.map((caption) => button(caption, code, mailbox)).join(' ')}</p>`] : []),
      `<p style="color:#888;white-space:pre-wrap">${escaped(how)}</p>`,
    ].join('\n'),
  };
}

function button(caption: string, code: string, mailbox: string): string {
  const href = `mailto:${encodeURIComponent(mailbox).replace('%40', '@')}?subject=${encodeURIComponent(`${caption} ${code}`)}`;
  const style =
    'display:inline-block;margin:4px 8px 4px 0;padding:10px 16px;border:1px solid #1c64d1;border-radius:6px;text-decoration:none';
  return `<a href="${escaped(href)}" style="${style}">${escaped(caption)}</a>`;
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 150);
}

function firstLine(text: string): string {
  return oneLine(text.trim().split('\n', 1)[0] ?? '');
}
