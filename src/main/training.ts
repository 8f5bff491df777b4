import { homedir } from 'node:os';
import { createBackend } from '../core/app.ts';
import { startTraining } from '../core/training/start-training.ts';
import { defaultDataDir } from '../host/default-data-dir.ts';
import { runDesk } from './run-desk.ts';
import { createTrainingProgram } from './training-program.ts';

const environment = process.env;

runDesk(
  createTrainingProgram({
    folder: import.meta.dirname,
    deskDir: defaultDataDir({ platform: process.platform, home: homedir(), environment }),
    environment,
    startTraining,
    createBackend,
  }),
);
