import type { BodyStore, StoredBody } from './body-store.ts';
import { describeCalendar } from './calendar.ts';
import { decodeBytes } from './charset.ts';
import { cleanBody, unflow } from './clean-text.ts';
import { toFileName } from './file-name.ts';
import { htmlToLetterText } from './html-text.ts';
import { limits } from './limits.ts';
import type { MimePart } from './mime-part.ts';
import { describeNested, nestedFileName } from './nested-letter.ts';
import { isBodyText, isCalendar, isNestedLetter, isReportPart, isTnef } from './part-body.ts';
import { isReasonableHtml, sanitizeLetterHtml } from './sanitize.ts';
import { readTnef } from './tnef.ts';

export type ContentAttachment<Stored> = {
  readonly fileName: string;
  readonly mimeType: string;
  readonly contentId: string | undefined;
  readonly inline: boolean;
  readonly body: StoredBody<Stored>;
};

export type LetterContent<Stored> = {
  readonly text: string;
  readonly html: string | undefined;
  readonly attachments: readonly ContentAttachment<Stored>[];
};

/** A piece of the letter in the forms it came in; the missing form is made from the other one. */
type Block = { readonly plain?: string; readonly html?: string; readonly isBeside?: true };

type Collector<Stored> = {
  readonly store: BodyStore<Stored>;
  readonly notes: Set<string>;
  readonly attachments: ContentAttachment<Stored>[];
  /** A letter sent back in a report is evidence, not text. */
  readonly isReport?: boolean;
};

/** What is read and what is attached, in the letter's order. */
export function readContent<Stored>(
  root: MimePart<Stored>,
  store: BodyStore<Stored>,
  notes: Set<string>,
): LetterContent<Stored> {
  const collector: Collector<Stored> = { store, notes, attachments: [] };
  const blocks = collect(root, collector);
  const text = blocks.map(blockText).filter((piece) => piece !== '');
  const html = blocksHtml(blocks, notes);
  const shown = (html ?? '').toLowerCase();
  return {
    text: cleanBody(text.join('\n\n')).slice(0, limits.textBytes),
    html,
    attachments: collector.attachments.map((attachment) => ({
      ...attachment,
      inline:
        attachment.contentId !== undefined && shown.includes(`cid:${attachment.contentId.toLowerCase()}`),
    })),
  };
}

function collect<Stored>(part: MimePart<Stored>, collector: Collector<Stored>): Block[] {
  if (part.guessed) collector.notes.add('charset-guessed');
  if (part.children.length > 0 || part.body === undefined) {
    const isReport = part.type === 'multipart/report';
    const blocks = part.children.flatMap((child) =>
      collect(child, isReport ? { ...collector, isReport } : collector),
    );
    return part.type === 'multipart/alternative' ? mergeAlternatives(blocks) : blocks;
  }
  if (isBodyText(part)) return [readTextPart(part, collector.notes)];
  if (isReportPart(part)) return [];
  if (isCalendar(part)) return readCalendarPart(part, collector);
  if (isTnef(part)) return readTnefPart(part, collector);
  attach(part, part.body.stored, collector);
  return isNestedLetter(part) && collector.isReport !== true ? readNestedPart(part, collector) : [];
}

/** One representation of the same text is read, not each; what stands beside the text (an invitation) stays beside it. */
function mergeAlternatives(blocks: readonly Block[]): Block[] {
  const forms = blocks.filter((block) => block.isBeside !== true);
  const plain = forms.flatMap((block) => (block.plain === undefined ? [] : [block.plain]));
  const html = forms.flatMap((block) => (block.html === undefined ? [] : [block.html]));
  const written = plain.filter((text) => text.trim() !== '');
  const merged: Block = {
    ...(written.length > 0 && { plain: written.join('\n\n') }),
    ...(html.length > 0 && { html: html.join('\n') }),
  };
  return [merged, ...blocks.filter((block) => block.isBeside === true)];
}

function readTextPart(part: MimePart<unknown>, notes: Set<string>): Block {
  const head = part.body?.head ?? new Uint8Array();
  const isHtml = part.type === 'text/html';
  const decoded = decodeBytes(head, part.params.get('charset') ?? (isHtml ? metaCharset(head) : undefined));
  if (decoded.guessed) notes.add('charset-guessed');
  if (part.body?.cut === true) notes.add(isHtml ? 'html-dropped' : 'text-cut');
  if (isHtml) return { html: decoded.text };
  const isFlowed = part.params.get('format')?.toLowerCase() === 'flowed';
  const text = isFlowed
    ? unflow(decoded.text, part.params.get('delsp')?.toLowerCase() === 'yes')
    : decoded.text;
  return { plain: cleanBody(text) };
}

function metaCharset(head: Uint8Array): string | undefined {
  const start = Buffer.from(head.subarray(0, 2048)).toString('latin1');
  return /<meta[^>]{0,200}charset=["'\s]*([\w.:-]{2,40})/i.exec(start)?.[1];
}

function readCalendarPart<Stored>(part: MimePart<Stored>, collector: Collector<Stored>): Block[] {
  const head = part.body?.head ?? new Uint8Array();
  attach(part, part.body?.stored ?? save(collector.store, head), collector);
  const decoded = decodeBytes(head, part.params.get('charset'));
  const plain = part.body?.cut === true ? undefined : describeCalendar(decoded.text);
  return plain === undefined ? [] : [{ plain, isBeside: true }];
}

function readTnefPart<Stored>(part: MimePart<Stored>, collector: Collector<Stored>): Block[] {
  const head = part.body?.head ?? new Uint8Array();
  const letter = part.body?.cut === true ? undefined : readTnef(head);
  if (letter === undefined) {
    collector.notes.add('tnef-unreadable');
    attach(part, part.body?.stored ?? save(collector.store, head), collector);
    return [];
  }
  for (const file of letter.files) {
    const body = save(collector.store, file.content);
    collector.attachments.push({
      fileName: toFileName(file.fileName, file.mimeType, collector.attachments.length + 1),
      mimeType: file.mimeType,
      contentId: undefined,
      inline: false,
      body,
    });
  }
  const { text, html } = letter;
  return text === undefined && html === undefined
    ? []
    : [{ ...(text !== undefined && { plain: cleanBody(text) }), ...(html !== undefined && { html }) }];
}

/** The letter inside: its text is read below, its files are listed after the letter itself. */
function readNestedPart<Stored>(part: MimePart<Stored>, collector: Collector<Stored>): Block[] {
  const nested = part.body?.nested;
  if (nested === undefined) return [];
  return [{ plain: describeNested(nested) }, ...collect(nested, collector)];
}

function attach<Stored>(
  part: MimePart<Stored>,
  body: StoredBody<Stored> | undefined,
  collector: Collector<Stored>,
): void {
  if (body === undefined || (body.size === 0 && part.fileName === undefined)) return;
  const name =
    part.fileName ?? (part.body?.nested === undefined ? undefined : nestedFileName(part.body.nested));
  collector.attachments.push({
    fileName: toFileName(name, part.type, collector.attachments.length + 1),
    mimeType: part.type,
    contentId: part.contentId,
    inline: false,
    body,
  });
}

function save<Stored>(store: BodyStore<Stored>, bytes: Uint8Array): StoredBody<Stored> {
  const writer = store.open();
  writer.write(bytes);
  return writer.end();
}

function blockText({ plain, html }: Block): string {
  if (plain !== undefined && plain.trim() !== '') return plain;
  return html === undefined ? '' : cleanBody(htmlToLetterText(html));
}

function blocksHtml(blocks: readonly Block[], notes: Set<string>): string | undefined {
  const length = blocks.reduce((sum, { html }) => sum + (html?.length ?? 0), 0);
  if (length === 0) return undefined;
  if (
    length > limits.htmlBytes ||
    !blocks.every(({ html }) => html === undefined || isReasonableHtml(html))
  ) {
    notes.add('html-dropped');
    return undefined;
  }
  const pieces = blocks.map(({ html, plain = '' }) =>
    html === undefined ? `<pre>${escapeHtml(plain)}</pre>` : sanitizeLetterHtml(html),
  );
  const joined = pieces.filter((piece) => piece !== '' && piece !== '<pre></pre>').join('\n');
  return joined === '' ? undefined : joined;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
