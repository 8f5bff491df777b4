import { accountHint, accountTest } from './account-test.ts';
import { alarms } from './alarms.ts';
import { answer } from './answer.ts';
import { assetImport } from './asset-import.ts';
import { assets } from './assets.ts';
import { card } from './card.ts';
import { chats } from './chats.ts';
import { common } from './common.ts';
import { composer } from './composer.ts';
import { directory } from './directory.ts';
import { dossier } from './dossier.ts';
import { error } from './errors.ts';
import { frame } from './frame.ts';
import { journal } from './journal.ts';
import { keys } from './keys.ts';
import { outbox } from './outbox.ts';
import { palette } from './palette.ts';
import { people } from './people.ts';
import { quarantine } from './quarantine.ts';
import { queue } from './queue.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { telegram, telegramTrouble } from './telegram.ts';

import { clocks } from './clocks.ts';
import { workflow } from './workflow.ts';
import { lettersOut } from './letters-out.ts';
import { contractors } from './contractors.ts';
import { links } from './links.ts';
import { notes } from './notes.ts';
import { shift } from './shift.ts';
import { reports } from './reports.ts';
import { keeping } from './keeping.ts';
import { technicians } from './technicians.ts';
import { calls } from './calls.ts';
import { notifications } from './notifications.ts';
import { ladders } from './ladders.ts';
import { routes } from './routes.ts';
import { bindings } from './bindings.ts';

/** Every feature's words; a feature adds its file here and in `en/all.ts`. */
export const ru = {
  accountHint,
  accountTest,
  alarms,
  answer,
  assetImport,
  assets,
  card,
  chats,
  common,
  composer,
  directory,
  dossier,
  error,
  frame,
  journal,
  keys,
  outbox,
  palette,
  people,
  quarantine,
  queue,
  session,
  settings,
  setup,
  telegram,
  telegramTrouble,
  clocks,
  workflow,
  lettersOut,
  contractors,
  links,
  notes,
  shift,
  reports,
  keeping,
  technicians,
  calls,
  notifications,
  ladders,
  routes,
  bindings,
} as const;
