/** A code proves that somebody reads an address: whoever asks for it must hear it from them, not read it in the list. */
export function withoutCheckCode(kind: string, text: string): string {
  return kind === 'check' ? text.replaceAll(/\d{6}/g, '••••••') : text;
}
