import type { Template } from '../../shared/contract/templates.ts';
import type { ReferenceStore } from '../db/reference-store.ts';

type SeedTemplate = Pick<Template, 'key' | 'name' | 'nameEn' | 'body'> &
  Partial<
    Pick<
      Template,
      | 'audience'
      | 'thread'
      | 'requires'
      | 'beginsWork'
      | 'beginsFrom'
      | 'endsWorks'
      | 'armsAutoClose'
      | 'automatic'
    >
  > & {
    /** Keys of statuses; a desk that has renamed one gets none there. */
    readonly moves?: readonly [during: string, after: string];
  };

const place = ['Объект: {{asset}}', 'Адрес: {{place}}', 'Координаты: {{coordinates}}'];
const what = ['Тип: {{type}}', 'Подтип: {{subtype}}', 'Суть: {{title}}', '{{description}}'];
const whose = ['Станция: {{station}}', 'Оператор: {{operator}}'];
const keepSubject = [
  '',
  'Отвечая, оставьте, пожалуйста, номер {{code}} в теме письма: так ответ сразу попадёт к диспетчеру.',
  '',
  'Диспетчер: {{dispatcher}}',
  'Телефон смены: {{shiftPhone}}',
];

/** `{{facts}}` are filled in when a draft begins; a line whose facts are all empty is left out. */
const templates: readonly SeedTemplate[] = [
  {
    key: 'accepted',
    name: 'Заявка принята',
    nameEn: 'Request accepted',
    moves: ['notifying-operator', 'operator-notified'],
    body: [
      'Здравствуйте!',
      '',
      'Ваша заявка принята, её номер {{code}}.',
      '',
      'Зарегистрирована: {{registeredAt}}',
      ...what,
      ...place,
      'Срок устранения: {{dueAt}}',
      ...keepSubject,
    ].join('\n'),
  },
  {
    key: 'handover-emergency',
    name: 'Передать подрядчику АВР',
    nameEn: 'Hand over to the emergency contractor',
    audience: 'emergency',
    thread: 'own',
    requires: ['asset', 'category', 'type-sla'],
    moves: ['handing-over', 'handed-over'],
    beginsWork: 'emergency',
    beginsFrom: 'registered',
    body: [
      'Здравствуйте!',
      '',
      'Передаём вам аварийно-восстановительные работы по заявке {{code}}.',
      '',
      ...place,
      ...whose,
      'Зарегистрирована: {{registeredAt}}',
      ...what,
      'Срок устранения: {{dueAt_emergency}}',
      '',
      'Подтвердите, пожалуйста, получение и сообщите время прибытия бригады.',
      ...keepSubject,
    ].join('\n'),
  },
  {
    key: 'handover-repair',
    name: 'Передать на РВР',
    nameEn: 'Hand over to repair',
    audience: 'repair',
    thread: 'own',
    requires: ['asset', 'category', 'repair-priority'],
    moves: ['handing-over', 'handed-over'],
    beginsWork: 'repair',
    beginsFrom: 'now',
    body: [
      'Здравствуйте!',
      '',
      'Передаём вам ремонтно-восстановительные работы по заявке {{code}}.',
      '',
      ...place,
      ...whose,
      'Подрядчик АВР: {{contractor}}',
      'Зарегистрирована: {{registeredAt}}',
      ...what,
      'Приоритет РВР: {{repairPriority}}',
      'Срок РВР: {{dueAt_repair}}',
      '',
      'Подтвердите, пожалуйста, получение.',
      ...keepSubject,
    ].join('\n'),
  },
  {
    key: 'closed',
    name: 'Работы завершены',
    nameEn: 'Work completed',
    moves: ['notifying-closure', 'closure-notified'],
    endsWorks: true,
    armsAutoClose: true,
    body: [
      'Здравствуйте!',
      '',
      'Работы по заявке {{code}} завершены. Проверьте, пожалуйста, что всё в порядке.',
      '',
      'Зарегистрирована: {{registeredAt}}',
      ...what,
      ...place,
      '',
      'Если неисправность осталась, ответьте на это письмо: заявка вернётся в работу.',
      'Без ответа заявка закроется {{autoCloseAt}}.',
      '',
      'Диспетчер: {{dispatcher}}',
      'Телефон смены: {{shiftPhone}}',
    ].join('\n'),
  },
  {
    key: 'closed-contractors',
    name: 'Подрядчикам: работы завершены',
    nameEn: 'To contractors: work completed',
    audience: 'contractors',
    thread: 'own',
    body: [
      'Здравствуйте!',
      '',
      'Работы по заявке {{code}} завершены, заявитель уведомлён. Выезд больше не требуется.',
      '',
      ...place,
      'Суть: {{title}}',
      'Заявка закроется {{autoCloseAt}}, если заявитель не возразит.',
      '',
      'Диспетчер: {{dispatcher}}',
      'Телефон смены: {{shiftPhone}}',
    ].join('\n'),
  },
  {
    key: 'late-letter',
    name: 'Автоответ: заявка уже закрыта',
    nameEn: 'Automatic reply: already closed',
    automatic: true,
    body: [
      'Здравствуйте!',
      '',
      'Заявка {{code}} уже закрыта. Если неисправность осталась, ответьте на это письмо ещё раз: заявка вернётся в работу.',
      'О новой неисправности напишите, пожалуйста, отдельным письмом с новой темой.',
      '',
      'Это автоматический ответ.',
    ].join('\n'),
  },
];

/** Adds the templates this desk has never had; what an administrator edited or removed is left alone. */
export function seedTemplates(reference: ReferenceStore, revision: number): void {
  const known = new Set(reference.templateKeys());
  const fresh = templates.filter(({ key }) => !known.has(key));
  const statuses = reference.statuses();
  const idOf = (key: string | undefined) => statuses.find((status) => status.key === key)?.id ?? null;
  for (const { moves, ...seed } of fresh) {
    reference.saveTemplate(
      {
        id: null,
        subject: '{{title}}',
        audience: 'applicant',
        thread: 'first',
        requires: [],
        duringStatusId: idOf(moves?.[0]),
        afterStatusId: idOf(moves?.[1]),
        failedStatusId: moves ? idOf('error') : null,
        beginsWork: '',
        beginsFrom: 'now',
        endsWorks: false,
        armsAutoClose: false,
        automatic: false,
        ...seed,
        position: templates.findIndex(({ key }) => key === seed.key),
      },
      revision,
    );
  }
}

/** Whether this desk has, or has had, every template that comes with Pult. */
export function hasTemplates(reference: ReferenceStore): boolean {
  const known = new Set(reference.templateKeys());
  return templates.every(({ key }) => known.has(key));
}
