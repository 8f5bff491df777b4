import type { Category, IncidentType, Status } from '../../shared/contract/settings.ts';

type SeedStatus = Pick<Status, 'key' | 'name' | 'nameEn' | 'tone'> & {
  readonly finishes?: true;
  readonly next: readonly string[];
};

const anyEnd = ['on-generator', 'awaiting-confirmation', 'closure-notified'] as const;

/** The desk of a tower company: what a new installation starts with. Every line can be edited on the screen. */
export const seedStatuses: readonly SeedStatus[] = [
  {
    key: 'new',
    name: 'Новый',
    nameEn: 'New',
    tone: 'new',
    next: ['in-progress', 'closed', 'awaiting-confirmation', 'data-requested'],
  },
  {
    key: 'in-progress',
    name: 'В работе',
    nameEn: 'In progress',
    tone: 'work',
    next: ['operator-notified', 'closed', ...anyEnd, 'data-requested', 'postponed'],
  },
  {
    key: 'data-requested',
    name: 'Запрос данных',
    nameEn: 'Data requested',
    tone: 'wait',
    next: ['in-progress', 'closed', ...anyEnd, 'postponed'],
  },
  {
    key: 'postponed',
    name: 'Отложен',
    nameEn: 'Postponed',
    tone: 'wait',
    next: ['in-progress', 'closed', ...anyEnd],
  },
  {
    key: 'notifying-operator',
    name: 'Уведомляем оператора',
    nameEn: 'Notifying the operator',
    tone: 'wait',
    next: ['error'],
  },
  {
    key: 'operator-notified',
    name: 'Уведомили оператора',
    nameEn: 'Operator notified',
    tone: 'work',
    next: ['handed-over', ...anyEnd],
  },
  { key: 'handing-over', name: 'Передаём подрядчику', nameEn: 'Handing over', tone: 'wait', next: ['error'] },
  {
    key: 'handed-over',
    name: 'Передано подрядчику',
    nameEn: 'Handed over',
    tone: 'work',
    next: ['closed', ...anyEnd],
  },
  {
    key: 'notifying-closure',
    name: 'Уведомляем о закрытии',
    nameEn: 'Notifying of closure',
    tone: 'wait',
    next: ['error'],
  },
  {
    key: 'closure-notified',
    name: 'Уведомили о закрытии',
    nameEn: 'Closure notified',
    tone: 'work',
    next: ['on-generator', 'closed', 'awaiting-confirmation'],
  },
  {
    key: 'awaiting-confirmation',
    name: 'Ждём подтверждения',
    nameEn: 'Awaiting confirmation',
    tone: 'wait',
    next: ['operator-notified', 'handed-over', 'closure-notified', 'closed', 'on-generator'],
  },
  {
    key: 'on-generator',
    name: 'На генерации',
    nameEn: 'On generator',
    tone: 'wait',
    finishes: true,
    next: ['closure-notified', 'closed', 'awaiting-confirmation'],
  },
  { key: 'closed', name: 'Закрыт', nameEn: 'Closed', tone: 'done', finishes: true, next: ['in-progress'] },
  { key: 'error', name: 'Ошибка', nameEn: 'Error', tone: 'bad', next: ['in-progress'] },
];

export const seedTypes: readonly Pick<IncidentType, 'key' | 'name' | 'nameEn' | 'slaMinutes'>[] = [
  {
    key: 'object-loss',
    name: 'Угроза гибели или гибель объекта',
    nameEn: 'Loss or threat of loss of the site',
    slaMinutes: 240,
  },
  {
    key: 'power-moscow',
    name: 'Авария по питанию, Москва',
    nameEn: 'Power failure, Moscow',
    slaMinutes: 240,
  },
  {
    key: 'power-regions',
    name: 'Авария по питанию, регионы',
    nameEn: 'Power failure, regions',
    slaMinutes: 1440,
  },
  {
    key: 'power-employee',
    name: 'Авария по питанию, сообщил сотрудник',
    nameEn: 'Power failure, reported by staff',
    slaMinutes: 1440,
  },
  { key: 'fibre', name: 'Авария ВОЛС', nameEn: 'Fibre line failure', slaMinutes: 1440 },
  {
    key: 'authorities',
    name: 'Запрос государственных органов',
    nameEn: 'Request of the authorities',
    slaMinutes: 1440,
  },
  { key: 'site-access', name: 'Организация доступа на объект', nameEn: 'Access to a site', slaMinutes: 2880 },
  {
    key: 'structure',
    name: 'Конструкции и территория объекта',
    nameEn: 'Structure and grounds of the site',
    slaMinutes: null,
  },
  { key: 'planned', name: 'Плановые работы', nameEn: 'Planned work', slaMinutes: null },
  { key: 'duplicate', name: 'Дубликат', nameEn: 'Duplicate', slaMinutes: null },
];

export const seedCategories: readonly Pick<Category, 'key' | 'name' | 'nameEn'>[] = [
  { key: 'emergency', name: 'АВР', nameEn: 'Emergency recovery' },
  { key: 'repair', name: 'РВР', nameEn: 'Repair' },
  { key: 'generator', name: 'ДГУ', nameEn: 'Generator' },
  { key: 'maintenance', name: 'ЭКС', nameEn: 'Maintenance' },
];
