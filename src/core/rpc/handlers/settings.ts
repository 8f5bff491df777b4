import { writeFile } from 'node:fs/promises';
import type { PultContract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { checkBackup, listBackups } from '../../db/backup.ts';
import { restoreRequestFile } from '../../db/prepare-database.ts';
import { requireStatusesOfProgram } from '../../settings/needed-statuses.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';
import { type ReferenceList, rowsOf } from '../../undo/reference-rows.ts';
import { removeView, saveView } from '../../undo/views.ts';
import { withUndo } from './undo.ts';

type Groups = Pick<
  Handlers<PultContract, Context>,
  'reference' | 'views' | 'rules' | 'settings' | 'training'
>;

export function settingHandlers(parts: DeskParts): Groups {
  return { ...referenceHandlers(parts), ...deskHandlers(parts), ...trainingHandlers(parts) };
}

function referenceHandlers(parts: DeskParts): Pick<Groups, 'reference' | 'views' | 'rules'> {
  const { desk, views, rules } = parts;
  const { reference } = desk;
  const saved = (list: ReferenceList, key: string, context: Context, save: (revision: number) => number) =>
    desk.db.transact((revision) => {
      const before = rowsOf(reference, list);
      const id = save(revision);
      const undo = desk.journal.append({
        kind: 'reference.saved',
        subject: 'reference',
        subjectId: id,
        actorId: actorOf(context),
        facts: { list, key, before: before.get(id) ?? null, after: rowsOf(reference, list).get(id) ?? null },
      });
      desk.db.touch('reference');
      return { id, undo };
    });
  return {
    reference: {
      all: () => ({
        statuses: reference.statuses(),
        types: reference.types(),
        categories: reference.categories(),
        subtypes: reference.subtypes(),
        repairPriorities: reference.repairPriorities(),
        templates: reference.templates(),
        clocks: parts.clockParts.clockRules.all().map(({ key, name, nameEn }) => ({ key, name, nameEn })),
      }),
      saveStatus: (input, context) =>
        saved('status', input.key, context, (revision) => {
          requireStatusesOfProgram(reference, input);
          return reference.saveStatus(input, revision);
        }),
      setTransition({ fromId, toId, allowed }, context) {
        const from = reference.status(fromId);
        const others = from.nextIds.filter((id) => id !== reference.status(toId).id);
        const nextIds = allowed ? [...others, toId] : others;
        return saved('status', from.key, context, (revision) =>
          reference.saveStatus({ ...from, nextIds }, revision),
        );
      },
      saveType: (input, context) =>
        saved('type', input.key, context, (revision) => reference.saveType(input, revision)),
      saveSubtype: (input, context) =>
        saved('subtype', input.key, context, (revision) => reference.saveSubtype(input, revision)),
      saveRepairPriority: (input, context) =>
        saved('repair-priority', input.key, context, (revision) =>
          reference.saveRepairPriority(input, revision),
        ),
      saveCategory: (input, context) =>
        saved('category', input.key, context, (revision) => reference.saveCategory(input, revision)),
    },
    views: {
      list: (_input, context) => ({ views: views.list(actorOf(context)) }),
      save: (input, context) =>
        desk.db.transact((revision) => {
          return saveView(parts, input, actorOf(context), revision);
        }),
      remove: ({ id }, context) => removeView(parts, id, actorOf(context)),
    },
    rules: {
      list: () => ({ rules: [...rules.all()] }),
      save: ({ id, ...rule }, context) =>
        withUndo(desk, () => ({
          id: id === null ? rules.add(rule, actorOf(context)) : rules.change(id, rule, actorOf(context)),
        })),
      remove: ({ id }, context) =>
        withUndo(desk, () => {
          rules.remove(id, actorOf(context));
          return {};
        }),
    },
  };
}

function deskHandlers(parts: DeskParts): Pick<Groups, 'settings'> {
  const { desk, settings, backups, capabilities, dataDir } = parts;
  return {
    settings: {
      get: () => ({ settings: settings.get() }),
      save: ({ settings: change }, context) =>
        withUndo(desk, () => {
          settings.save(change, actorOf(context));
          return {};
        }),
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
