import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Backend, Capabilities } from '../core/app-types.ts';
import { silentLogger } from '../core/platform/logger.ts';
import type { Training } from '../core/training/start-training.ts';
import { readArguments } from '../host/args.ts';
import { createTrainingProgram } from './training-program.ts';

let home: string;
let told: string[];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pult-training-test-'));
  told = [];
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const backend: Backend = {
  connect: () => undefined,
  web: async () => new Response(),
  tileOrigin: () => undefined,
  resumed: () => undefined,
  stop: async () => undefined,
  log: silentLogger,
};

const training = {
  provision: { people: [], accounts: [], settings: {} },
  control: {
    state: () => ({ speed: 1, paused: false, sent: 0, planned: 1 }),
    control: async () => undefined,
  },
  telegram: { telegramPort: {} },
  seat(real: Backend) {
    told.push('colleague seated');
    return { ...real };
  },
  stop: async () => void told.push('shift over'),
} as unknown as Training;

function make(startTraining: () => Promise<Training> = async () => training) {
  const asked: unknown[] = [];
  const program = createTrainingProgram({
    folder: '/out-demo/main',
    deskDir: join(home, 'pult'),
    environment: { PULT_DEMO_SEED: '7', PULT_DEMO_TELEGRAM: '{"network":{},"control":"http://127.0.0.1:1"}' },
    startTraining: (options) => {
      asked.push(options);
      return startTraining();
    },
    createBackend: async () => backend,
  });
  return { program, asked };
}

async function open(...argv: string[]) {
  const { program, asked } = make();
  const args = readArguments(argv, false);
  const place = program.place(args);
  return { opened: await program.open(args, place), place, asked };
}

test('a lesson lies beside the real desk, never in it', async () => {
  mkdirSync(join(home, 'pult'));
  writeFileSync(join(home, 'pult/pult.db'), 'real letters');

  const { place, opened } = await open();
  mkdirSync(place.dataDir, { recursive: true });
  await opened.stop?.();

  expect(place.dataDir).toBe(join(home, 'pult-training/lesson'));
  expect(place.electronDir).toBe(join(home, 'pult-training/electron'));
  expect(readdirSync(join(home, 'pult'))).toEqual(['pult.db']);
});

test('a lesson begins afresh even after one that was killed, and leaves nothing', async () => {
  const lesson = join(home, 'pult-training/lesson');
  mkdirSync(lesson, { recursive: true });
  writeFileSync(join(lesson, 'pult.db'), 'of the killed lesson');

  const { opened } = await open();
  expect(existsSync(lesson)).toBe(false);
  mkdirSync(lesson);
  writeFileSync(join(lesson, 'pult.db'), 'of this one');
  await opened.stop?.();

  expect(told).toEqual(['shift over']);
  expect(existsSync(lesson)).toBe(false);
});

test('a directory somebody names is theirs, and stays as it is', async () => {
  const own = join(home, 'own');
  mkdirSync(own);
  writeFileSync(join(own, 'pult.db'), 'kept');

  const { place, opened } = await open('--data', own);
  await opened.stop?.();

  expect(place).toEqual({ dataDir: own, electronDir: join(own, 'electron') });
  expect(readdirSync(own)).toEqual(['pult.db']);
});

test('chats are played in memory whatever the environment says, and no secret leaves the lesson', async () => {
  const { opened, asked } = await open();

  expect(asked).toEqual([expect.objectContaining({ seed: 7, telegramServers: undefined })]);
  expect(opened.options.training).toBe(training.control);
  expect(opened.options.provision).toBe(training.provision);
  expect(opened.options.telegramPort).toBe(training.telegram.telegramPort);
  expect(opened.options.telegramNetwork).toBeUndefined();
  expect(opened.secretStore).toBe('file');
});

test('a colleague sits at each desk the shell starts', async () => {
  const { opened } = await open();

  await opened.createBackend(
    { dataDir: '', workerPath: '', build: '', version: '', shell: 'electron' },
    {} as Capabilities,
  );

  expect(told).toEqual(['colleague seated']);
});

test('the tray and the box of a failed start say that it is a lesson', () => {
  expect(make().program.names).toEqual({ ru: 'Пульт: учебная смена', en: 'Pult Training' });
});

test('a lesson that cannot start is a failure of the program, not a desk without letters', async () => {
  const { program } = make(() => Promise.reject(new Error('no port')));
  const args = readArguments([], false);

  await expect(program.open(args, program.place(args))).rejects.toThrow('no port');
});
