import type { Stores } from './compose-stores.ts';
import type { NoticeParts } from './notify/notice-parts.ts';
import type { NotifyParts } from './notify/parts.ts';

/** What dispatchers see of notifications and do with them, over the engine. */
export function composeNotices(notify: NotifyParts, stores: Stores): NoticeParts {
  return {
    ...notify,
    view: stores.notificationView,
    templates: stores.notificationTemplates,
    strays: stores.strays,
  };
}
