import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { linkEvidence, messageView, outboxStates } from '../../src/shared/contract/incidents.ts';
import { health } from '../../src/shared/contract/common.ts';
import { routeTroubles } from '../../src/core/notify/route-errors.ts';
import { mailTroubles } from '../../src/shared/domain/mail-troubles.ts';
import { codeVia, loginAttempt, telegramAccount } from '../../src/shared/contract/telegram.ts';
import { startNoteCodes } from '../../src/shared/domain/start-note-codes.ts';
import { telegramTroubles } from '../../src/shared/domain/telegram-troubles.ts';
import { errorCodes } from '../../src/shared/errors.ts';
import { createWords } from '../../src/shared/i18n/index.ts';

/** Codes are strings where they are made: only the sources know them all, so the sources are read. */
const root = join(import.meta.dirname, '../..');
const sources = globSync('src/**/*.{ts,tsx}', { cwd: root })
  .filter((path) => !/\.test\.tsx?$|shared\/i18n/.test(path))
  .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(root, path), 'utf8') }));

/** With `inside`, what it finds in what the pattern found. */
function found(paths: RegExp, pattern: RegExp, inside?: RegExp): string[] {
  const texts = sources.filter(({ path }) => paths.test(path)).map(({ text }) => text);
  const first = texts.flatMap((text) => [...text.matchAll(pattern)]);
  const matches = inside ? first.flatMap(([line]) => [...line.matchAll(inside)]) : first;
  return [...new Set(matches.map(([, one, other]) => one ?? other ?? ''))].toSorted();
}

const all = /^src\//;
const aReason = /\breason: '([a-z-]+)'/g;

/** What makes a letter end in quarantine. */
const quarantine = found(
  /^src\/core\/mail\/(parse\/parse-file|ingest|folder-sync)\.ts$/,
  /\breason: '((?:letter|parse|intake|raw)-[a-z-]+)'/g,
).concat(found(/parse-pool\.ts$/, /'(parse-(?:timeout|crashed))'/g));

/** Where a failure's reason, or its code when it has none, becomes a health. */
const unwellPlaces =
  /^src\/core\/(keeping|training|platform\/watch-loop|notify|mail\/(mailbox|ingest|parse-pool|smtp-(channel|conversation)))/;
const unwell = [
  ...found(unwellPlaces, /\b(?:reason: |trouble = |why = isHalf \? )'([a-z-]+)'/g),
  ...found(unwellPlaces, /\btroubled\('([a-z-]+)'/g),
  'disk-low',
  'disk-full',
  'secret-unreadable',
  ...mailTroubles,
  ...errorCodes.filter((code) => !['invalid-input', 'conflict', 'cancelled'].includes(code)),
];

/** Met on the way of an error and never told to a person. */
const unseen: ReadonlySet<string> = new Set([
  // A connection of the mailbox is made anew at once.
  'slept',
  'folder-renumbered',
  // A letter's, told by the quarantine.
  ...quarantine,
  // Only a page that does not match its core sends these; the code's own words do.
  'command-id',
  'procedure-unknown',
  // Answered to an address, not to a screen.
  'address',
  // Printed in the terminal.
  'provision',
]);

/** A health's or an outbox's reasons stand in their own lists. */
const elsewhere: ReadonlySet<string> = new Set([
  'internal',
  'timeout',
  'parse-worker',
  'letters-not-sent',
  'search-index-rebuilt',
  'shift-failed',
  'account-removed',
  'asset-source-asks',
  'asset-source-failed',
  // Of a row an import refused: the report has words of its own.
  'code-twice',
]);

const reasons = [
  ...found(all, aReason),
  ...found(/^src\/core\//, /\b(?:invalid|conflict)\('([a-z-]+)'\)/g),
  ...found(/reference-store\.ts$/, /^\s+'([a-z]+)',?\n\s+\)/gm),
].filter((reason) => !unseen.has(reason) && !elsewhere.has(reason));

const services = found(
  /^src\/core\/(?!db|intake|letters)/,
  /\breturn \{\n\s+name: '([a-z-]+)',|: Service = \{\n\s+name: '([a-z-]+)'/g,
);

const lists: Readonly<Record<string, readonly (string | readonly string[])[]>> = {
  'codes of errors': errorCodes.map((code) => `error.${code}`),
  'reasons of errors': reasons.map((reason) => [
    `error.reason.${reason}`,
    `accountTest.${reason}`,
    `telegramTrouble.${reason}`,
  ]),
  'troubles of a route': routeTroubles.map((trouble) => `error.reason.${trouble}`),
  'troubles of Telegram': telegramTroubles.map((trouble) => `telegramTrouble.${trouble}`),
  'kinds of a sign-in attempt': loginAttempt.shape.kind.options.map(
    (kind) => `telegram.attempts.kind.${kind}`,
  ),
  'results of a sign-in attempt': ['ok', 'cancelled', ...telegramTroubles].map((result) => [
    `telegram.attempts.result.${result}`,
    `telegram.attempts.short.${result}`,
    `telegramTrouble.${result}`,
  ]),
  'states of a Telegram account': telegramAccount.shape.state.options.map(
    (state) => `telegram.account.state.${state}`,
  ),
  'ways of a login code': codeVia.options.flatMap((way) => [
    `telegram.signIn.code.via.${way}`,
    `telegram.signIn.code.way.${way}`,
  ]),
  'reasons of a health': unwell
    .filter((reason) => !unseen.has(reason))
    .map((reason) => [`frame.health.why.${reason}`, `accountTest.${reason}`, `error.reason.${reason}`]),
  'names of services': [...services, 'parser']
    .filter((name) => name !== 'mail')
    .map((name) => `frame.health.service.${name}`),
  'states of a health': health.shape.state.options.map((state) => `frame.health.${state}`),
  'notes of a start': startNoteCodes.map((code) => `frame.note.${code}`),
  'notes of a letter': found(
    /^src\/core\/(mail|intake)\//,
    /^.*\bnotes?\b.*$/gm,
    /'([a-z]+-[a-z-]+|quarantined)'/g,
  ).map((note) => `card.note.${note}`),
  'reasons for quarantine': quarantine.map((reason) => `quarantine.reason.${reason}`),
  'why a letter stands where it stands': linkEvidence.shape.by.options.map((by) => `card.link.${by}`),
  'marks of an automatic letter': messageView.shape.automatic
    .unwrap()
    .options.map((kind) => `card.timeline.automatic.${kind}`),
  'states of an outgoing letter': outboxStates.flatMap((state) => [
    `outbox.state.${state}`,
    `card.send.${state}`,
  ]),
  'why a letter has not left': [
    ...found(
      /mail\/smtp-(?:channel|conversation)\.ts$/,
      /(?:reason: |\? |: |return )'((?:letter|recipient|sender|account)-[a-z-]+|file)'/g,
    ),
    ...found(/^src\/core\/(notify\/outbox|letters\/|keeping\/)/, /\b(?:code|errorCode): '([a-z-]+)'/g),
    ...mailTroubles,
    'secret-unreadable',
    ...errorCodes.filter((code) => !['invalid-input', 'conflict', 'not-found'].includes(code)),
  ]
    .filter((code) => !code.startsWith('restored-') && code !== 'unclean-stop')
    .map((code) => [`outbox.why.${code}`, `accountTest.${code}`]),
  'outcomes of an attempt': found(/outbox-store\.ts$/, /'(accepted|retry|refused|unknown)'/g).map(
    (outcome) => `outbox.attempt.outcome.${outcome}`,
  ),
};

test('the sources are read: each list holds what is known to be in it', () => {
  expect(reasons).toEqual(
    expect.arrayContaining([
      'stale',
      'rule-exists',
      'letter-not-whole',
      'password-missing',
      'template',
      'status',
    ]),
  );
  expect(unwell).toEqual(
    expect.arrayContaining([
      'backup-failed',
      'login-budget-spent',
      'sent-folder-missing',
      'letters-not-sent',
    ]),
  );
  expect(services).toEqual(expect.arrayContaining(['backup', 'disk', 'outbox', 'search', 'training-shift']));
  expect(quarantine).toEqual(
    expect.arrayContaining([
      'letter-too-large',
      'letter-refused',
      'parse-failed',
      'parse-timeout',
      'raw-missing',
      'intake-failed',
    ]),
  );
  expect(lists['notes of a letter']).toEqual(
    expect.arrayContaining([
      'card.note.charset-guessed',
      'card.note.date-missing',
      'card.note.code-unknown',
      'card.note.quarantined',
    ]),
  );
  expect(lists['why a letter has not left']?.flat()).toEqual(
    expect.arrayContaining([
      'outbox.why.bounced',
      'outbox.why.restored',
      'outbox.why.recipient-refused',
      'outbox.why.file',
    ]),
  );
});

describe.each(['ru', 'en'] as const)('in %s nothing is shown as a bare code', (language) => {
  const words = createWords(language);
  const told = (key: string) => words.exists(key, { fallbackLng: language });

  test.each(Object.entries(lists))('%s have words', (_name, keys) => {
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key) => ![key].flat().some((one) => told(String(one))))).toEqual([]);
  });
});
