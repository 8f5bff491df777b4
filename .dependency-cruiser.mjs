/**
 * Who may import whom. One rule per folder: what a folder may reach is listed, everything else in `src` is refused,
 * so a new folder is closed until somebody decides. The gates below keep each library in its one home.
 */

const test = '\\.test\\.tsx?$';
const anySource = '^src/';

/** Foreign packages as the cruiser names them, whether resolved on disk or not. */
const npm = (names) => `(^|/)node_modules/(${names.join('|')})(/|$)|^(${names.join('|')})(/|$)`;

const may = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, pathNot: test },
  to: { path: anySource, pathNot: allowed },
});

const only = (name, packages, homes, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: anySource, pathNot: [...homes, test] },
  to: { path: npm(packages) },
});

/** What shows the lesson, of either shell. */
const lesson = '^src/(host/(demo|lesson)|main/training(-program)?)\\.ts$';

const shared = '^src/shared/';
const core = (...names) => `^src/core/(${names.join('|')})/`;

/** Every folder of core that has a rule below. */
const rooms =
  'platform db journal people assets clocks incidents intake search letters settings keeping reports mail telegram chats links notify rpc shift training notes bulk undo dossier calls'.split(
    ' ',
  );

export default {
  forbidden: [
    may('shared-stands-alone', shared, [shared], 'shared runs anywhere: it imports only itself and zod'),
    {
      name: 'shared-has-no-node',
      severity: 'error',
      comment: 'shared runs in the page too; node modules do not',
      from: { path: shared, pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'shared-packages',
      severity: 'error',
      comment: 'shared may use zod and libphonenumber-js only',
      from: { path: shared, pathNot: test },
      to: { path: '(^|/)node_modules/', pathNot: npm(['zod', 'libphonenumber-js', 'i18next']) },
    },
    may(
      'platform',
      core('platform'),
      [shared, core('platform')],
      'platform knows nothing of the rest of core',
    ),
    may('db', core('db'), [shared, core('platform', 'db')], 'stores know rows, not features'),
    may('journal', core('journal'), [shared, core('platform', 'db', 'journal')]),
    may('people', core('people'), [shared, core('platform', 'db', 'journal', 'people')]),
    may(
      'assets',
      core('assets'),
      [shared, core('platform', 'db', 'journal', 'assets')],
      'the registry knows no incident: what is bound to one is the business of incidents',
    ),
    may(
      'incidents',
      core('incidents'),
      [
        shared,
        core('platform', 'db', 'journal', 'people', 'incidents'),
        '^src/core/notify/channel\\.ts$',
        '^src/core/links/open-blockers\\.ts$',
      ],
      'incidents know no channel; of notify they see the types of the outbox',
    ),
    may(
      'clocks',
      core('clocks'),
      [shared, core('platform', 'db', 'journal', 'incidents', 'clocks')],
      'what clocks are counted by, and why they stand where they stand, is over incidents',
    ),
    may(
      'intake',
      core('intake'),
      [shared, core('platform', 'db', 'journal', 'people', 'assets', 'incidents', 'intake')],
      'intake takes an InboundMessage from any channel and knows none',
    ),
    may(
      'mail',
      core('mail'),
      [
        shared,
        core('platform', 'db', 'mail'),
        '^src/core/intake/(inbound-message|intake)\\.ts$',
        '^src/core/notify/channel\\.ts$',
      ],
      'a channel hands letters to the one entry of intake and takes work by the types of notify',
    ),
    may(
      'telegram',
      core('telegram'),
      [shared, core('platform', 'db', 'journal', 'telegram'), '^src/core/notify/channel\\.ts$'],
      'the engine stores chats and tells what came by its events; it knows no incident',
    ),
    may(
      'chats',
      core('chats'),
      [
        shared,
        core('platform', 'db', 'journal', 'people', 'incidents', 'intake', 'letters', 'chats'),
        '^src/core/notify/channel\\.ts$',
      ],
      'what people do with chats, over stored rows: the engine is not known here',
    ),
    may(
      'links',
      core('links'),
      [
        shared,
        core('platform', 'db', 'journal', 'people', 'incidents', 'intake', 'letters', 'chats', 'links'),
      ],
      'merging, moving and answering in numbers stand on the use-cases of one',
    ),
    may(
      'notify',
      core('notify'),
      [shared, core('platform', 'db', 'journal', 'people', 'notify')],
      'notify is handed its channels by app.ts',
    ),
    may(
      'calls',
      core('calls'),
      [
        shared,
        core('platform', 'db', 'journal', 'people', 'incidents', 'calls'),
        '^src/core/notify/(notify|cancel-notification|acknowledge)\\.ts$',
      ],
      'calls to technicians tell people by notify and know no channel',
    ),
    may(
      'search',
      core('search'),
      [shared, core('platform', 'db', 'search')],
      'search reads stores and nothing above them',
    ),
    {
      name: 'unknown-room',
      severity: 'error',
      comment: 'a new folder of core needs a rule of its own here first',
      from: {
        path: '^src/core/[^/]+/',
        pathNot: core(...rooms),
      },
      to: { path: anySource },
    },
    may(
      'letters',
      core('letters'),
      [
        shared,
        core('platform', 'db', 'journal', 'people', 'incidents', 'letters'),
        '^src/core/notify/[^/]+\\.ts$',
      ],
      'writing and moving letters changes incidents; no channel is known here',
    ),
    {
      name: 'letters-see-notify-as-types',
      severity: 'error',
      comment: 'the outbox is run by app.ts: letters say what an outcome means and never start one',
      from: { path: core('letters'), pathNot: test },
      to: { path: core('notify'), dependencyTypesNot: ['type-only'] },
    },
    may(
      'shift',
      core('shift'),
      [shared, core('platform', 'db', 'journal', 'people', 'incidents', 'shift')],
      'who comes and goes, what is handed over, and channels that fall silent; no channel is known here',
    ),
    may(
      'notes',
      core('notes', 'bulk'),
      [shared, core('platform', 'db', 'journal', 'people', 'incidents', 'notes', 'bulk')],
      'what dispatchers keep for themselves, and one decision about many incidents',
    ),
    may(
      'undo',
      core('undo'),
      [
        shared,
        core('platform', 'db', 'journal', 'people', 'assets', 'incidents', 'intake', 'letters', 'settings'),
        core('chats', 'notes', 'notify', 'calls', 'undo'),
      ],
      'takes back what any use-case did; nothing is known of it but by app.ts',
    ),
    may(
      'dossier',
      core('dossier'),
      [
        shared,
        core('platform', 'db', 'journal', 'dossier'),
        '^src/core/mail/parse/(file-name|clean-text)\\.ts$',
      ],
      'one incident on paper and in an archive, read from stores',
    ),
    may('settings', core('settings'), [shared, core('platform', 'db', 'journal', 'settings')]),
    may(
      'keeping',
      core('keeping'),
      [shared, core('platform', 'db', 'journal', 'keeping'), '^src/core/letters/parts\\.ts$'],
      'backups, disk and alarms look after the desk and know no use-case',
    ),
    may(
      'reports',
      core('reports'),
      [shared, core('platform', 'db', 'reports')],
      'reports read what is there; what asks a server is handed to them',
    ),
    may(
      'rpc',
      core('rpc'),
      [shared, core('(?!training/)[^/]+'), '^src/core/app-types\\.ts$'],
      'handlers call use-cases; they do not see app.ts, training or a shell',
    ),
    may(
      'app',
      '^src/core/[^/]+\\.ts$',
      [shared, '^src/core/[^/]+\\.ts$', core('(?!training/)[^/]+')],
      'the composition root knows core, no shell',
    ),
    {
      name: 'training-has-one-entry',
      severity: 'error',
      comment:
        'the simulated shift is a build of its own, entered by src/host/demo.ts and src/main/training.ts',
      from: { path: anySource, pathNot: ['^src/core/training/', lesson, test] },
      to: { path: core('training') },
    },
    may('training', core('training'), [shared, '^src/core/'], 'training plays core, not a shell'),
    may(
      'host',
      '^src/host/(?!(demo|lesson)\\.ts)',
      [shared, '^src/core/(app(-types)?|restore-desk)\\.ts$', '^src/host/'],
      'a shell enters core by app.ts only, and by restore-desk.ts where there is no desk yet',
    ),
    may('demo-entry', lesson, [
      shared,
      '^src/core/app(-types)?\\.ts$',
      core('training'),
      '^src/(host|main)/',
    ]),
    may('main', '^src/main/(?!training(-program)?\\.ts)', [
      shared,
      '^src/core/(app(-types)?|restore-desk)\\.ts$',
      '^src/host/',
      '^src/main/',
      '^src/preload/bridge\\.ts$',
    ]),
    may('preload', '^src/preload/', [shared, '^src/preload/'], 'preload is a pipe'),
    may('renderer-base', '^src/renderer/(ui|lib)/', [
      shared,
      '^src/renderer/(ui|lib|styles)/',
      '^src/preload/bridge\\.ts$',
    ]),
    {
      name: 'renderer-features',
      severity: 'error',
      comment: 'a feature uses ui, lib and shared; two features meet in app',
      from: { path: '^src/renderer/features/([^/]+)/', pathNot: test },
      to: {
        path: anySource,
        pathNot: [shared, '^src/renderer/(ui|lib|styles)/', '^src/renderer/features/$1/'],
      },
    },
    may(
      'renderer-app',
      '^src/renderer/(app/|[^/]+$)',
      [shared, '^src/renderer/'],
      'the page knows only the contract',
    ),
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: anySource, pathNot: test },
      to: { path: '^test/|\\.test\\.tsx?$' },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'types may point at each other; running code may not',
      from: { path: anySource },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },

    only('gate-electron', ['electron'], ['^src/main/', '^src/preload/']),
    only('gate-sqlite', ['better-sqlite3'], ['^src/core/db/']),
    only('gate-imapflow', ['imapflow'], ['^src/core/mail/']),
    only(
      'gate-telegram',
      ['telegram', 'big-integer'],
      ['^src/core/telegram/gramjs/'],
      'the package is archived: everything that knows it must fit into one folder',
    ),
    only('gate-tables', ['csv-parse', 'read-excel-file'], ['^src/core/assets/import/']),
    only('gate-workbooks', ['hucre'], ['^src/core/reports/export/']),
    only('gate-nodemailer', ['nodemailer'], ['^src/core/mail/']),
    only(
      'gate-socks',
      ['socks'],
      ['^src/core/notify/open-socket\\.ts$'],
      'whether a byte was written is known to whoever opens the connection',
    ),
    only('gate-smpp', ['smpp'], [], 'it is the other side in tests: unmaintained and without types'),
    only('gate-servers', ['fastify', '@fastify/[^/]+', 'ws'], ['^src/host/']),
    only('gate-react', ['react', 'react-dom', '@mantine/[^/]+', 'zustand'], ['^src/renderer/']),
    only('gate-training-servers', ['hoodiecrow-imap', 'smtp-server'], ['^src/core/training/']),
    {
      name: 'page-has-no-node',
      severity: 'error',
      comment: 'the page runs in a browser',
      from: { path: '^src/renderer/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'not-declared',
      severity: 'error',
      comment: 'an import must be in package.json',
      from: { path: anySource },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
    moduleSystems: ['es6', 'cjs'],
  },
};
