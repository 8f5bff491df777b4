import sanitizeHtml from 'sanitize-html';
import { limits } from './limits.ts';

/** Whether HTML is small and shallow enough to be worked through in good time. */
export function isReasonableHtml(html: string): boolean {
  if (html.length > limits.htmlBytes) return false;
  let tags = 0;
  let depth = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    tags += 1;
    const next = html.charCodeAt(at + 1);
    if (next === 0x2f) depth = Math.max(0, depth - 1);
    else if (isLetter(next) && !voidTag.test(html.slice(at + 1, at + 8))) depth += 1;
    if (tags > limits.htmlTags || depth > limits.htmlDepth) return false;
  }
  return true;
}

/** Markup that may be shown: no scripts, forms, frames or styles that reach out; `cid:` pictures stay for the server to resolve. */
export function sanitizeLetterHtml(html: string): string {
  return sanitizeHtml(html, options).trim();
}

const voidTag = /^(?:br|img|hr|meta|link|input|col|wbr|area|base|p|li|td|tr|th|o:p)\b/i;

function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

const blockTags =
  'address article aside blockquote center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section ul';
const inlineTags =
  'a abbr b bdi bdo big br cite code del em font i img ins kbd mark q s samp small span strike strong sub sup time tt u var wbr';
const tableTags = 'table caption colgroup col thead tbody tfoot tr th td';

const boxAttributes = ['width', 'height', 'align', 'valign', 'bgcolor'];

const options: sanitizeHtml.IOptions = {
  allowedTags: `${blockTags} ${inlineTags} ${tableTags}`.split(' '),
  // Their text is no text: without this the rules of a style sheet would be read as a paragraph.
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'title',
    'template',
    'xmp',
    'noembed',
    'noframes',
  ],
  allowedAttributes: {
    '*': ['style', 'dir', 'lang', 'title', ...boxAttributes],
    a: ['href', 'target', 'rel'],
    img: ['src', 'alt'],
    font: ['color', 'size', 'face'],
    table: ['border', 'cellpadding', 'cellspacing'],
    td: ['colspan', 'rowspan', 'nowrap'],
    th: ['colspan', 'rowspan', 'nowrap', 'scope'],
    col: ['span'],
    colgroup: ['span'],
    ol: ['start', 'type'],
    ul: ['type'],
    li: ['value'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['http', 'https', 'cid', 'data'] },
  allowedSchemesAppliedToAttributes: ['href', 'src'],
  allowProtocolRelative: false,
  parseStyleAttributes: false,
  enforceHtmlBoundary: false,
  transformTags: { '*': transformTag },
};

/** Vector images can carry script; a data: address of any other type is a document of its own. */
const dataImage = /^data:image\/(?:png|jpe?g|gif|webp)[;,]/i;

function transformTag(tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const { style, ...kept } = attribs;
  const safe = style === undefined ? undefined : safeStyle(style);
  if (safe !== undefined && safe !== '') kept['style'] = safe;
  const src = kept['src'];
  if (tagName === 'img' && src !== undefined && /^[\s\0]*data:/i.test(src) && !dataImage.test(src)) {
    delete kept['src'];
  }
  if (tagName === 'a' && kept['href'] !== undefined) {
    kept['rel'] = 'noopener noreferrer';
    kept['target'] = '_blank';
  }
  return { tagName, attribs: kept };
}

const styleProperties = new Set(
  (
    'background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width border-collapse ' +
    'border-color border-left border-left-color border-left-style border-left-width border-right border-right-color ' +
    'border-right-style border-right-width border-spacing border-style border-top border-top-color border-top-style ' +
    'border-top-width border-width color direction font font-family font-size font-style font-variant font-weight height ' +
    'letter-spacing line-height list-style-type margin margin-bottom margin-left margin-right margin-top max-width ' +
    'min-width padding padding-bottom padding-left padding-right padding-top text-align text-decoration text-indent ' +
    'text-transform vertical-align white-space width word-break'
  ).split(' '),
);

/** Plain values only: no function but a colour's, no escape, no comment, nothing that loads or moves out of its box. */
const safeValue = /^(?:[\w\s#.,%!'"-]|(?:rgba?|hsla?)\([\d\s.,%/]*\))*$/i;

function safeStyle(style: string): string {
  const kept: string[] = [];
  for (const declaration of style.slice(0, 4000).split(';')) {
    const colon = declaration.indexOf(':');
    const property = declaration.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    const isBackground = property === 'background' && /^(?:#[\da-f]{3,8}|[a-z]+)$/i.test(value);
    if (!isBackground && !(styleProperties.has(property) && safeValue.test(value))) continue;
    if (property.startsWith('margin') && value.includes('-')) continue;
    kept.push(`${property}:${value}`);
  }
  return kept.join(';');
}
