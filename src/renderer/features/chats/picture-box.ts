import type { CSSProperties } from 'react';
import type { ChatFile } from '../../../shared/contract/chats.ts';

const least = 120;

/** Known before the bytes are here, so that nothing moves when they come; a liar's sizes are bounded. */
export function boxOf(file: Pick<ChatFile, 'width' | 'height'>, most: number): CSSProperties {
  const width = Math.max(1, file.width ?? 4);
  const height = Math.max(1, file.height ?? 3);
  const ratio = Math.min(3, Math.max(1 / 2.2, width / height));
  const inline = ratio >= 1 ? most : Math.max(least, Math.round(most * ratio));
  return { inlineSize: inline, aspectRatio: String(ratio) };
}
