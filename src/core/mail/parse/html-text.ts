import { compile, type DomNode, type FormatCallback } from 'html-to-text';
import { limits } from './limits.ts';
import { isReasonableHtml } from './sanitize.ts';

/** Readable text of an HTML body; tables of data keep their columns. Unreasonable HTML just loses its tags. */
export function htmlToLetterText(html: string): string {
  const reasonable = isReasonableHtml(html);
  const text = reasonable ? convert(withoutDataUrls(html)) : stripTags(html.slice(0, limits.htmlBytes));
  return text.slice(0, limits.textBytes);
}

/** A table that holds another one lays out the page: only innermost tables are data. */
const formatTable: FormatCallback = (element, walk, builder, formatOptions) => {
  const formatters = builder.options.formatters;
  const format = isDataTable(element) ? formatters?.['dataTable'] : formatters?.['block'];
  format?.(element, walk, builder, formatOptions);
};

/** In a page laid out by tables a cell is a piece of a line: it is kept apart from its neighbour. */
const formatCell: FormatCallback = (element, walk, builder) => {
  walk(element.children, builder);
  builder.addInline(' ');
};

/** An address is worth reading only when it can be opened. */
const formatLink: FormatCallback = (element, walk, builder, formatOptions) => {
  const isOpenable = /^(?:https?|mailto|tel):/i.test(element.attribs?.['href'] ?? '');
  if (isOpenable) builder.options.formatters?.['anchor']?.(element, walk, builder, formatOptions);
  else walk(element.children, builder);
};

const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: limits.htmlBytes, maxDepth: limits.htmlDepth, maxChildNodes: limits.htmlTags },
  formatters: { letterTable: formatTable, cell: formatCell, link: formatLink },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'title', format: 'skip' },
    { selector: 'a', format: 'link', options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    {
      selector: 'table',
      format: 'letterTable',
      options: { uppercaseHeaderCells: false, maxColumnWidth: 60 },
    },
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'li', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  ],
});

const mostDataRows = 400;

function isDataTable(table: DomNode): boolean {
  let rows = 0;
  const pending = [...(table.children ?? [])];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.name === 'table') return false;
    if (node.name === 'tr') rows += 1;
    if (rows > mostDataRows) return false;
    for (const child of node.children ?? []) pending.push(child);
  }
  return rows > 0;
}

function withoutDataUrls(html: string): string {
  return html.includes('base64,')
    ? html.replaceAll(/data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=\s]*/g, '')
    : html;
}

/** Linear whatever comes: no tree is built. */
function stripTags(html: string): string {
  const pieces: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    pieces.push(html.slice(at, open));
    const close = html.indexOf('>', open);
    if (close < 0) return pieces.join('');
    const tag = html.slice(open + 1, open + 12).toLowerCase();
    const skipped = /^(script|style)\b/.exec(tag)?.[1];
    const end = skipped === undefined ? close + 1 : html.indexOf(`</${skipped}`, close);
    if (end < 0) return pieces.join('');
    pieces.push(/^\/?(?:br|p|div|tr|li|h\d|table)\b/.test(tag) ? '\n' : ' ');
    at = end;
  }
  pieces.push(html.slice(at));
  return pieces
    .join('')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
