import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { startTraining } from '../core/training/start-training.ts';
import { startLesson } from '../host/lesson.ts';
import type { CreateBackend } from '../host/running.ts';
import type { DeskProgram } from './desk-program.ts';

type Parts = {
  readonly folder: string;
  /** Of the real desk on this workstation; the lesson lies beside it and never in it. */
  readonly deskDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly startTraining: typeof startTraining;
  readonly createBackend: CreateBackend;
};

/**
 * The lesson of the packaged training desk. One place for all of them, so that a second start finds the first and what
 * a killed lesson left is swept by the next.
 */
export function createTrainingProgram({ deskDir, ...parts }: Parts): DeskProgram {
  const home = `${deskDir}-training`;
  return {
    folder: parts.folder,
    names: { ru: 'Пульт: учебная смена', en: 'Pult Training' },
    place({ data }) {
      if (data === undefined) return { dataDir: join(home, 'lesson'), electronDir: join(home, 'electron') };
      const dataDir = resolve(data);
      return { dataDir, electronDir: join(dataDir, 'electron') };
    },
    async open({ data }, { dataDir }) {
      const leaves = data === undefined ? dataDir : undefined;
      if (leaves !== undefined) rmSync(leaves, { recursive: true, force: true, maxRetries: 5 });
      const { control, provision, telegram, ...lesson } = await startLesson({ ...parts, leaves });
      return {
        ...lesson,
        options: { training: control, provision, ...telegram },
        secretStore: 'file',
      };
    },
  };
}
