/** What every answer carries; a letter brings a stricter policy of its own. */
export const guardHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=()',
};

/** The page's own policy: its files, its socket, nothing inline but styles, which the widget library writes. */
/** `tiles`: the one origin whose pictures a map may show, when an administrator named it. */
export function pagePolicy(socket: string | undefined, tiles?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob:${tiles === undefined ? '' : ` ${tiles}`}`,
    "font-src 'self' data:",
    "media-src 'self' data: blob:",
    `connect-src 'self'${socket === undefined ? '' : ` ${socket}`}`,
    "frame-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
