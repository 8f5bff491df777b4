import { parseArgs } from 'node:util';
import { z } from 'zod';

const hostArguments = z.object({
  data: z.string().min(1).optional(),
  config: z.string().min(1).optional(),
  /** 0 means the one used last, or any. */
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  'no-open': z.boolean().default(false),
  /** Why the browser was taken, from the launcher; printed with the link. */
  because: z.string().max(200).optional(),
  /** `file` keeps the key beside the data: for demos and tests, which must not fill a person's keyring. */
  'secret-store': z.enum(['auto', 'file']).default('auto'),
  /** A whole backup to make a desk of, in a data directory that has none. */
  restore: z.string().min(1).optional(),
  /** `-` reads it from the terminal. */
  'recovery-key': z.string().min(1).optional(),
  help: z.boolean().default(false),
});
export type HostArguments = z.infer<typeof hostArguments>;

export const usage = `Usage: npm start -- [options]
  --shell browser|electron  which shell to take (the launcher chooses otherwise)
  --data DIR                data directory
  --port N                  port on 127.0.0.1 (browser shell)
  --no-open                 print the link and open nothing
  --config FILE             people, accounts and settings to provision
  --secret-store auto|file  where the key for stored passwords lies
  --restore PATH            make a desk out of a whole backup in an empty data directory
  --recovery-key KEY|-      opens its passwords; - reads the key from the terminal
`;

/**
 * Throws an Error whose message is fit for the terminal. Electron and Chromium have switches of their own, so their
 * shell reads leniently.
 */
export function readArguments(argv: readonly string[], isStrict = true): HostArguments {
  const { values } = parseArgs({
    args: [...argv],
    strict: isStrict,
    options: {
      data: { type: 'string' },
      config: { type: 'string' },
      port: { type: 'string' },
      'no-open': { type: 'boolean' },
      because: { type: 'string' },
      'secret-store': { type: 'string' },
      restore: { type: 'string' },
      'recovery-key': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const parsed = hostArguments.safeParse(values);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`--${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}`);
}
