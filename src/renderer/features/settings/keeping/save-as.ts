/** Lets the browser, or the window, save what lies at an address. */
export function saveAs(address: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
}

/** The same for a text the page has. */
export function saveText(text: string, fileName: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  saveAs(address, fileName);
  URL.revokeObjectURL(address);
}
