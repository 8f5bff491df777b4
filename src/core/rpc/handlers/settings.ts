import { writeFile } from 'node:fs/promises';
import type { PultContract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { checkBackup, listBackups } from '../../db/backup.ts';
import { restoreRequestFile } from '../../db/prepare-database.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

type Groups = Pick<
  Handlers<PultContract, Context>,
  'reference' | 'views' | 'rules' | 'settings' | 'training'
>;

export function settingHandlers(parts: DeskParts): Groups {
  return { ...referenceHandlers(parts), ...deskHandlers(parts), ...trainingHandlers(parts) };
}

function referenceHandlers({ desk, views, rules }: DeskParts): Pick<Groups, 'reference' | 'views' | 'rules'> {
  const { reference } = desk;
  const saved = (list: string, key: string, context: Context, save: (revision: number) => number) =>
    desk.db.transact((revision) => {
      const id = save(revision);
      desk.journal.append({
        kind: 'reference.saved',
        subject: 'reference',
        subjectId: id,
        actorId: actorOf(context),
        facts: { list, key },
      });
      desk.db.touch('reference');
      return { id };
    });
  return {
    reference: {
      all: () => ({
        statuses: reference.statuses(),
        types: reference.types(),
        categories: reference.categories(),
        templates: reference.templates(),
      }),
      saveStatus: (input, context) =>
        saved('status', input.key, context, (revision) => reference.saveStatus(input, revision)),
      saveType: (input, context) =>
        saved('type', input.key, context, (revision) => reference.saveType(input, revision)),
      saveCategory: (input, context) =>
        saved('category', input.key, context, (revision) => reference.saveCategory(input, revision)),
      saveTemplate(input, context) {
        const before = reference.templates().find(({ id }) => id === input.id);
        if (!before) throw new AppError('not-found', { details: { reason: 'template' } });
        saved('template', before.key, context, (revision) =>
          reference.saveTemplate({ ...before, ...input }, revision),
        );
        return {};
      },
    },
    views: {
      list: (_input, context) => ({ views: views.list(actorOf(context)) }),
      save: (input, context) =>
        desk.db.transact((revision) => {
          desk.db.touch('view');
          return { id: views.save(input, actorOf(context), revision) };
        }),
      remove({ id }, context) {
        desk.db.transact(() => {
          views.remove(id, actorOf(context));
          desk.db.touch('view');
        });
        return {};
      },
    },
    rules: {
      list: () => ({ rules: [...rules.all()] }),
      save: ({ id, ...rule }, context) => ({
        id: id === null ? rules.add(rule, actorOf(context)) : rules.change(id, rule, actorOf(context)),
      }),
      remove({ id }, context) {
        rules.remove(id, actorOf(context));
        return {};
      },
    },
  };
}

function deskHandlers(parts: DeskParts): Pick<Groups, 'settings'> {
  const { desk, settings, backups, capabilities, dataDir } = parts;
  return {
    settings: {
      get: () => ({ settings: settings.get() }),
      save({ settings: change }, context) {
        settings.save(change, actorOf(context));
        return {};
      },
      backups: async () => ({ backups: await listBackups(dataDir.backups), directory: dataDir.backups }),
      backupNow: async () => ({ name: await backups.now('hand') }),
      async restore({ name }) {
        checkBackup(dataDir.backups, name);
        // What is lost by a wrong choice must be there to come back to.
        await backups.now('hand');
        await writeFile(restoreRequestFile(dataDir.root), JSON.stringify({ name }), { mode: 0o600 });
        capabilities.restarter.restart();
        return {};
      },
      verifyJournal: () => desk.journal.verify(),
    },
  };
}

function trainingHandlers({ training }: DeskParts): Pick<Groups, 'training'> {
  return {
    training: {
      state: () => ({ shift: training?.state() ?? null }),
      async control(change) {
        if (!training) throw new AppError('not-found', { details: { reason: 'training' } });
        await training.control(change);
        return {};
      },
    },
  };
}
