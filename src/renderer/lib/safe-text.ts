/**
 * Characters that turn the direction of what follows can make `gpj.exe` read `exe.jpg`; control characters say nothing
 * on a screen. The marks that only help right-to-left words stay.
 */
const deceiving = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/g;

/** Text of a stranger as it may stand on the page. */
export function safeText(text: string): string {
  return text.replace(deceiving, '');
}

/** The same in one line: names of people, chats and files. */
export function safeLine(text: string): string {
  return safeText(text.replace(/[\r\n\t\u2028\u2029]+/g, ' ')).trim();
}
