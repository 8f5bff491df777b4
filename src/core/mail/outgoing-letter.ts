import { readFile } from 'node:fs/promises';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { MessageView } from '../../shared/contract/incidents.ts';
import type { ReplySource } from '../db/message-view-store.ts';
import { attachmentPath } from './parse/attachment-files.ts';

/** RFC 3834, and what Exchange heeds: whoever answers by himself must not answer this. */
const automaticHeaders = { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' };

type Parts = { readonly attachmentsDir: string };

/** Bcc is for the envelope alone; the letter itself must not tell. */
export async function composeLetter(
  { attachmentsDir }: Parts,
  message: MessageView,
  headers: Pick<ReplySource, 'externalId' | 'references'>,
): Promise<Buffer> {
  const attachments = await Promise.all(
    message.attachments.map(async ({ sha256, fileName, mimeType }) => ({
      filename: fileName,
      contentType: mimeType,
      content: await readFile(attachmentPath(attachmentsDir, sha256)),
    })),
  );
  const composer = new MailComposer({
    from: message.from,
    to: [...message.to],
    cc: [...message.cc],
    subject: message.subject,
    text: message.text,
    date: new Date(message.sentAt),
    messageId: bracketed(headers.externalId ?? ''),
    inReplyTo:
      headers.references.at(-1) === undefined ? undefined : bracketed(headers.references.at(-1) ?? ''),
    references: headers.references.map(bracketed),
    attachments,
    headers: message.automatic === null ? {} : automaticHeaders,
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
  } as ConstructorParameters<typeof MailComposer>[0]);
  return composer.compile().build();
}

function bracketed(id: string): string {
  return `<${id}>`;
}
