import { findAnswerCodes } from '../../answer-words.ts';

/**
 * The Message-ID of a notice says by itself what it is about: its answer or its bounce is understood even when the
 * desk was killed between handing it over and writing that down. Its uuid cannot be guessed by who did not get it.
 */
export function noticeId({ code, uuid, domain }: NoticeName & { readonly domain: string }): string {
  return `notice.${code}.${uuid}@${domain}`;
}

export type NoticeName = { readonly code: string; readonly uuid: string };

const pattern = /^notice\.([0-9a-z]{1,32})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/i;

/** Of an id without angle brackets; undefined when it is no notice. */
export function readNoticeId(messageId: string | undefined): NoticeName | undefined {
  const [, code, uuid] = pattern.exec(messageId ?? '') ?? [];
  if (code === undefined || uuid === undefined) return undefined;
  // Some servers write ids small.
  return { code: findAnswerCodes(code).at(0) ?? code.toUpperCase(), uuid: uuid.toLowerCase() };
}
