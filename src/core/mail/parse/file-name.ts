import { cleanLine } from './clean-text.ts';

const maxChars = 180;
const extensions: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/rtf': 'rtf',
  'application/json': 'json',
  'application/msword': 'doc',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/ics': 'ics',
  'application/ms-tnef': 'dat',
  'audio/mpeg': 'mp3',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/tiff': 'tif',
  'image/webp': 'webp',
  'message/rfc822': 'eml',
  'text/calendar': 'ics',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/plain': 'txt',
  'text/xml': 'xml',
  'video/mp4': 'mp4',
};

/** A name that is safe to save under on any system; made from the type when the part has none. */
export function toFileName(raw: string | undefined, mimeType: string, ordinal: number): string {
  const base = (raw ?? '').split(/[/\\]/).at(-1) ?? '';
  const name = cleanLine(base.slice(-1000))
    .replaceAll(/[<>:"|?*]/g, '_')
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '');
  if (name === '') {
    const extension = extensions[mimeType];
    return `attachment-${ordinal}${extension === undefined ? '' : `.${extension}`}`;
  }
  // Windows opens a device instead of a file of such a name, whatever the extension.
  const safe = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name) ? `_${name}` : name;
  return shorten(safe);
}

function shorten(name: string): string {
  const chars = Array.from(name);
  if (chars.length <= maxChars) return name;
  const extension = /\.[^.]{1,12}$/.exec(name)?.[0] ?? '';
  return `${chars.slice(0, maxChars - extension.length).join('')}${extension}`;
}
