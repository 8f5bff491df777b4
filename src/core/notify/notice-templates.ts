import type { NotificationTemplate } from '../../shared/contract/notifications.ts';
import type { NoticeTemplateFacts } from '../../shared/domain/reaching-facts.ts';
import { AppError } from '../../shared/errors.ts';
import { uuidv7 } from '../../shared/ids.ts';
import type { NotificationTemplateRecord } from '../db/notification-template-store.ts';
import type { NoticeParts } from './notice-parts.ts';

export type TemplateParts = Pick<NoticeParts, 'db' | 'clock' | 'random' | 'journal' | 'templates'>;

type SaveTemplate = Pick<NotificationTemplate, 'name' | 'title' | 'text'> & { readonly id: number | null };

export function listTemplates({ templates }: TemplateParts): NotificationTemplate[] {
  return templates.all().map(({ id, key, name, title, text }) => ({ id, key, name, title, text }));
}

/** One that was removed is there again. */
export function saveTemplate(parts: TemplateParts, { id, ...written }: SaveTemplate, actor: number) {
  return parts.db.transact((revision) => {
    const before = id === null ? null : parts.templates.require(id);
    const saved = { ...(before ?? fresh(parts)), ...written, active: 1, revision };
    return write(parts, before, { ...saved, id: before?.id ?? 0 }, actor);
  });
}

/** Throws `conflict` (reason `template-automatic`): what the desk itself writes by can only be edited. */
export function removeTemplate(parts: TemplateParts, id: number, actor: number) {
  return parts.db.transact((revision) => {
    const before = parts.templates.require(id);
    if (before.key !== null) throw new AppError('conflict', { details: { reason: 'template-automatic' } });
    return write(parts, before, { ...before, active: 0, revision }, actor);
  });
}

export function templateFactsOf({
  name,
  title,
  text,
  active,
}: NotificationTemplateRecord): NoticeTemplateFacts {
  return { name, title, text, active: active === 1 };
}

function fresh({ clock, random, templates }: TemplateParts) {
  return {
    uuid: uuidv7(clock.now(), random.bytes(10)),
    key: null,
    position: Math.max(0, ...templates.all().map(({ position }) => position)) + 1,
  };
}

function write(
  { db, journal, templates }: TemplateParts,
  before: NotificationTemplateRecord | null,
  after: NotificationTemplateRecord,
  actorId: number,
): { readonly id: number; readonly undo: number } {
  const { id: _id, ...row } = after;
  if (before) templates.save(after);
  const id = before ? before.id : templates.insert(row);
  const undo = journal.append({
    kind: 'notification.template-saved',
    subject: 'notification',
    subjectId: id,
    actorId,
    facts: {
      name: after.name,
      before: before && templateFactsOf(before),
      after: templateFactsOf(after),
    },
  });
  db.touch('notification');
  return { id, undo };
}
