import type { Locator } from '@playwright/test';

export type GivenFile = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** As if these files had been copied elsewhere and pasted here, or pulled here and let go. */
export async function handOver(
  target: Locator,
  how: 'paste' | 'drop',
  files: readonly GivenFile[],
): Promise<void> {
  const given = files.map(({ name, mimeType, buffer }) => ({
    name,
    mimeType,
    base64: buffer.toString('base64'),
  }));
  await target.evaluate(
    (element, { kind, list }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of list) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      const common = { bubbles: true, cancelable: true };
      if (kind === 'drop')
        element.dispatchEvent(new DragEvent('dragover', { ...common, dataTransfer: data }));
      element.dispatchEvent(
        kind === 'paste'
          ? new ClipboardEvent('paste', { ...common, clipboardData: data })
          : new DragEvent('drop', { ...common, dataTransfer: data }),
      );
    },
    { kind: how, list: given },
  );
}
