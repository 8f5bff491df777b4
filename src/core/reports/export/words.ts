import type { ExportRequest } from '../../../shared/contract/reports.ts';

type Language = ExportRequest['language'];

/** Headings of the exported tables; keys are fields, in the order in which they are written. */
const headings = {
  incident: {
    // Excel takes a file that begins with "ID" for SYLK and warns.
    code: ['Код', 'Code'],
    id: ['ID', 'ID'],
    title: ['Тема', 'Title'],
    status: ['Статус', 'Status'],
    type: ['Тип', 'Type'],
    subtype: ['Подтип', 'Subtype'],
    repairPriority: ['Приоритет РВР', 'Repair priority'],
    categories: ['Категории', 'Categories'],
    priority: ['Срочность', 'Priority'],
    channel: ['Канал', 'Channel'],
    registered: ['Зарегистрирован', 'Registered'],
    opened: ['Заведён', 'Opened'],
    changed: ['Изменён', 'Changed'],
    finished: ['Закрыт', 'Closed'],
    isFinished: ['Завершён', 'Finished'],
    life: ['Время жизни, мин', 'Life, min'],
    contractor: ['Подрядчик', 'Contractor'],
    contractorEmails: ['Почта подрядчика', 'Contractor e-mail'],
    pole: ['Опора', 'Pole'],
    station: ['Базовая станция', 'Base station'],
    otherAssets: ['Другие объекты', 'Other assets'],
    address: ['Адрес', 'Address'],
    latitude: ['Широта', 'Latitude'],
    longitude: ['Долгота', 'Longitude'],
    region: ['Регион', 'Region'],
    macroregion: ['Макрорегион', 'Macroregion'],
    manager: ['Ответственный менеджер', 'Responsible manager'],
    group: ['Группа операторов', 'Operator group'],
    assigneeId: ['ID диспетчера', 'Dispatcher ID'],
    assignee: ['Диспетчер', 'Dispatcher'],
    applicant: ['Заявитель', 'Applicant'],
    applicantAddress: ['Почта заявителя', 'Applicant e-mail'],
    applicantPhone: ['Телефон заявителя', 'Applicant phone'],
    letters: ['Писем', 'Letters'],
    note: ['Последняя заметка', 'Last note'],
    noteAt: ['Время заметки', 'Note written'],
  },
  clock: {
    start: ['начало', 'start'],
    end: ['конец', 'end'],
    deadline: ['срок', 'deadline'],
    expired: ['просрочен', 'overdue'],
    spent: ['длительность, мин', 'duration, min'],
  },
  dashboard: {
    section: ['Раздел', 'Section'],
    name: ['Название', 'Name'],
    opened: ['Открыто', 'Opened'],
    closed: ['Закрыто', 'Closed'],
    open: ['В работе', 'Open'],
    lettersIn: ['Писем получено', 'Letters in'],
    lettersOut: ['Писем отправлено', 'Letters out'],
    median: ['Медиана, мин', 'Median, min'],
    p90: ['90-й процентиль, мин', '90th percentile, min'],
    met: ['В срок', 'In time'],
    breached: ['Просрочено', 'Overdue'],
    alarms: ['Тревог', 'Alarms'],
  },
  journal: {
    sequence: ['Номер', 'Number'],
    at: ['Время', 'Time'],
    actor: ['Кто', 'Who'],
    subject: ['Предмет', 'Subject'],
    subjectId: ['ID предмета', 'Subject ID'],
    code: ['Код', 'Code'],
    kind: ['Событие', 'Event'],
    payload: ['Содержание', 'Content'],
    hash: ['Хеш', 'Hash'],
  },
  completeness: {
    account: ['Ящик', 'Mailbox'],
    folder: ['Папка', 'Folder'],
    uidvalidity: ['UIDVALIDITY', 'UIDVALIDITY'],
    taken: ['Сверено', 'Compared'],
    line: ['Строка', 'Line'],
    day: ['День', 'Day'],
    uid: ['UID', 'UID'],
    received: ['Получено сервером', 'Received by the server'],
    onServer: ['На сервере', 'On the server'],
    matched: ['Сохранено', 'Stored'],
    waiting: ['Ждут разбора', 'Waiting'],
    quarantined: ['В карантине', 'In quarantine'],
    missing: ['Не хватает', 'Missing'],
    older: ['Старше начала', 'From before'],
    gone: ['Больше нет на сервере', 'Gone from the server'],
    reason: ['Причина', 'Reason'],
  },
} as const;

const plain = {
  yes: ['да', 'yes'],
  no: ['нет', 'no'],
  incidents: ['Инциденты', 'Incidents'],
  dashboard: ['Сводка', 'Dashboard'],
  journal: ['Журнал', 'Journal'],
  completeness: ['Полнота почты', 'Completeness'],
  total: ['Итого', 'Total'],
  days: ['По дням', 'By day'],
  clocks: ['Сроки', 'Clocks'],
  life: ['Время жизни', 'Life'],
  region: ['Регион', 'Region'],
  macroregion: ['Макрорегион', 'Macroregion'],
  person: ['Диспетчер', 'Dispatcher'],
  contractor: ['Подрядчик', 'Contractor'],
  type: ['Тип', 'Type'],
  group: ['Группа операторов', 'Operator group'],
  repeating: ['Повторяющиеся объекты', 'Repeating assets'],
  alarms: ['Тревоги по часам', 'Alarms by hour'],
  none: ['не указано', 'none'],
  dayLine: ['день', 'day'],
  missingLine: ['не хватает', 'missing'],
  quarantineLine: ['карантин', 'quarantine'],
} as const;

const numberOf = (language: Language) => (language === 'ru' ? 0 : 1);

export function headingsOf(table: keyof typeof headings, language: Language): string[] {
  return Object.values(headings[table]).map((words) => words[numberOf(language)]);
}

export function word(key: keyof typeof plain, language: Language): string {
  return plain[key][numberOf(language)];
}
