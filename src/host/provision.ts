import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import type { Provision, ProvisionedAccount, ProvisionedPerson } from '../core/app-types.ts';
import { accountSettings } from '../shared/contract/letters.ts';
import { deskSettings } from '../shared/contract/settings.ts';
import { telegramApi } from '../shared/contract/telegram.ts';
import { AppError } from '../shared/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const minutes = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 08:00')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const person = z.strictObject({
  name: z.string().trim().min(1).max(120),
  role: z.enum(['dispatcher', 'lead']).default('dispatcher'),
  email: z.string().trim().max(320).default(''),
  phone: z.string().trim().max(40).default(''),
  pin: z
    .string()
    .regex(/^\d{4,12}$/, 'must be 4 to 12 digits')
    .optional(),
  roster: z
    .array(
      z.strictObject({
        weekdays: z.array(z.enum(weekdays)).min(1),
        starts: minutes,
        ends: minutes,
        zone: z.string().max(60).optional(),
      }),
    )
    .max(20)
    .optional(),
});

const account = z.strictObject({
  ...accountSettings.shape,
  preset: accountSettings.shape.preset.default('custom'),
  displayName: accountSettings.shape.displayName.default(''),
  userName: accountSettings.shape.userName.optional(),
  sentCopy: accountSettings.shape.sentCopy.default('append'),
  signature: accountSettings.shape.signature.default(''),
  enabled: accountSettings.shape.enabled.default(true),
  /** From when letters open incidents, such as 2026-11-01T00:00:00+03:00. */
  opensFrom: z.iso.datetime({ offset: true }).optional(),
  passwordEnv: z.string().min(1).optional(),
  passwordFile: z.string().min(1).optional(),
});

const telegram = z.strictObject({
  apiId: telegramApi.shape.apiId,
  apiHashEnv: z.string().min(1).optional(),
  apiHashFile: z.string().min(1).optional(),
});

const configuration = z.strictObject({
  people: z.array(person).max(500).default([]),
  accounts: z.array(account).max(100).default([]),
  telegram: telegram.optional(),
  settings: deskSettings.partial().strict().default({}),
});

type Parts = { readonly environment: Environment; readonly checkMode?: boolean };

/**
 * Reads a provisioning file. Secrets stay outside it: in a variable of the environment or in a file that only its
 * owner may read. Whatever is wrong is `invalid-input` with a message for the terminal; it never quotes a secret.
 */
export function readProvision(
  path: string,
  { environment, checkMode = process.platform !== 'win32' }: Parts,
): Provision {
  const parsed = configuration.safeParse(parseJson(path));
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      ({ path: at, message }) => `  ${at.join('.') || 'the file'}: ${message}`,
    );
    throw refuse(`${path} is not a provisioning file:\n${lines.join('\n')}`);
  }
  const { people, accounts, telegram: api, settings } = parsed.data;
  const secret = readSecret({ folder: dirname(path), environment, checkMode });
  return {
    people: people.map(toPerson),
    accounts: accounts.map((entry) => toAccount(entry, secret)),
    ...(api === undefined ? {} : { telegramApi: toTelegramApi(api, secret) }),
    settings,
  };
}

function toPerson({ pin, roster, ...rest }: z.infer<typeof person>): ProvisionedPerson {
  return {
    ...rest,
    pin,
    roster: roster?.map(({ weekdays: days, starts, ends, zone }) => ({
      weekdays: days.reduce((bits, day) => bits | (1 << weekdays.indexOf(day)), 0),
      startsMinute: starts,
      endsMinute: ends,
      zone,
    })),
  };
}

type SecretReader = (secret: Secret) => string;
type Secret = {
  /** Whose it is, for messages. */
  readonly of: string;
  /** The key in the file, without `Env` and `File`. */
  readonly key: string;
  readonly variable: string | undefined;
  readonly file: string | undefined;
};

function toAccount(entry: z.infer<typeof account>, secret: SecretReader): ProvisionedAccount {
  const { opensFrom, passwordEnv, passwordFile, userName, ...rest } = entry;
  return {
    settings: { ...rest, userName: userName ?? entry.address },
    password: secret({
      of: `Account ${entry.address}`,
      key: 'password',
      variable: passwordEnv,
      file: passwordFile,
    }),
    opensFrom: opensFrom === undefined ? undefined : Date.parse(opensFrom),
  };
}

function toTelegramApi(
  { apiId, apiHashEnv, apiHashFile }: z.infer<typeof telegram>,
  secret: SecretReader,
): NonNullable<Provision['telegramApi']> {
  const hash = secret({ of: 'Telegram', key: 'apiHash', variable: apiHashEnv, file: apiHashFile });
  const parsed = telegramApi.shape.apiHash.safeParse(hash);
  if (!parsed.success) throw refuse('Telegram: apiHash must be 32 characters, digits and a to f');
  return { id: apiId, hash: parsed.data };
}

type SecretPlace = {
  readonly folder: string;
  readonly environment: Environment;
  readonly checkMode: boolean;
};

function readSecret({ folder, environment, checkMode }: SecretPlace): SecretReader {
  return ({ of, key, variable, file }) => {
    if (variable !== undefined && file === undefined) {
      const value = environment[variable];
      if (!value) throw refuse(`${of}: the environment has no ${variable}`);
      return value;
    }
    if (variable !== undefined || file === undefined) {
      throw refuse(`${of}: give either ${key}Env or ${key}File`);
    }
    return readSecretFile(of, isAbsolute(file) ? file : resolve(folder, file), checkMode);
  };
}

function readSecretFile(of: string, file: string, checkMode: boolean): string {
  let mode: number;
  let text: string;
  try {
    mode = statSync(file).mode;
    text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw refuse(`${of}: ${file} cannot be read`, error);
  }
  if (checkMode && (mode & 0o077) !== 0) {
    throw refuse(`${of}: ${file} can be read by others; chmod 600 ${file}`);
  }
  if (!text) throw refuse(`${of}: ${file} is empty`);
  return text;
}

function parseJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw refuse(`${path} cannot be read`, error);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(`${path} is not JSON`, error);
  }
}

function refuse(message: string, cause?: unknown): AppError {
  return new AppError('invalid-input', { message, details: { reason: 'provision' }, cause });
}
