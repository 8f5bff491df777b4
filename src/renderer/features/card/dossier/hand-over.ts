/** A frame left behind would keep the document; printing in some shells gives no sign of its end. */
const keptMs = 300_000;

/** The system's own dialog over a document of ours; the frame itself runs nothing. */
export function print(address: string): void {
  const frame = document.createElement('iframe');
  frame.title = 'print';
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  frame.style.cssText = 'position:fixed;inline-size:0;block-size:0;border:0;inset-block-end:0';
  frame.src = address;
  frame.addEventListener('load', () => {
    frame.contentWindow?.focus();
    frame.contentWindow?.print();
  });
  document.body.append(frame);
  setTimeout(() => frame.remove(), keptMs);
}

export function download(address: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
}
