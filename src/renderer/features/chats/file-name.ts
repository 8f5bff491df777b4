import type { ChatFile } from '../../../shared/contract/chats.ts';
import { safeLine } from '../../lib/safe-text.ts';

/** The end of a name is what says whether it is a program: it stays on the screen however long the beginning is. */
export function fileNameParts(file: Pick<ChatFile, 'fileName'>): readonly [string, string] {
  const name = safeLine(file.fileName).replace(/\s+/g, ' ');
  const dot = name.lastIndexOf('.');
  const place = dot > 0 && name.length - dot <= 12 ? Math.max(0, dot - 4) : Math.max(0, name.length - 8);
  return [name.slice(0, place), name.slice(place)];
}

const programs: ReadonlySet<string> = new Set(
  'apk app bat cmd com cpl dll exe hta jar js jse lnk msc msi msp ps1 py reg scr sh vbe vbs wsf xll'.split(
    ' ',
  ),
);

/** Runs when opened. */
export function isProgram(file: Pick<ChatFile, 'fileName'>): boolean {
  const name = safeLine(file.fileName).toLowerCase();
  return programs.has(name.slice(name.lastIndexOf('.') + 1).trim());
}

/** Where the bytes are once they are here. */
export function blobAddress(base: string, file: Pick<ChatFile, 'sha256' | 'fileName'>): string | null {
  if (file.sha256 === null) return null;
  const name = safeLine(file.fileName);
  return `${base}blob/${file.sha256}${name === '' ? '' : `?name=${encodeURIComponent(name)}`}`;
}
