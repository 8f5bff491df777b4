import type { Contact } from '../../../shared/contract/chats.ts';
import type { OnCallRule, Technician } from '../../../shared/contract/technicians.ts';

/** How somebody takes a call. */
export type CrewTemper =
  /** Accepts, drives there, writes, sends a place and a photo, and is done. */
  | 'diligent'
  /** Is on another mast and says so. */
  | 'busy'
  /** Reads nothing and answers nothing. */
  | 'silent'
  /** Has no bot: reads an SMS and rings the desk. */
  | 'by-phone';

export type CrewMember = Pick<Contact, 'name' | 'phone' | 'email' | 'organisation' | 'note'> & {
  readonly temper: CrewTemper;
  /** Of Telegram; undefined is not bound to the bot. */
  readonly userId: number | undefined;
  /** Keys of the lists a desk starts with. */
  readonly skills: readonly string[];
  readonly regions: readonly string[];
  readonly availability: Technician['availability'];
  /** null: nobody has planned it. */
  readonly duty: Pick<OnCallRule, 'weekdays' | 'startsMinute' | 'endsMinute'> | null;
};

const allWeek = 0b1111111;
const aroundTheClock = { weekdays: allWeek, startsMinute: 8 * 60, endsMinute: 8 * 60 };
const plain = { note: '', availability: 'available', duty: aroundTheClock } as const;

/** Who repairs in the lesson's country; all invented. */
export const crew = {
  diligentVolga: {
    ...plain,
    name: 'Валеев Руслан',
    organisation: 'Эксплуатация, участок «Волга»',
    phone: '+7 900 555-07-01',
    email: 'valeev@pult.example',
    temper: 'diligent',
    userId: 7101,
    skills: ['power', 'generator', 'fibre'],
    regions: ['NN', 'KZ'],
  },
  busySouth: {
    ...plain,
    name: 'Котельников Иван',
    organisation: 'Эксплуатация, участок «Кубань»',
    phone: '+7 900 555-07-14',
    email: '',
    note: 'Допуск на высоту до марта.',
    temper: 'busy',
    userId: 7202,
    skills: ['power', 'height', 'radio'],
    regions: ['KR', 'RO'],
  },
  byPhoneSouth: {
    ...plain,
    name: 'Дёмин Степан',
    organisation: 'Эксплуатация, участок «Кубань»',
    phone: '+7 900 555-07-31',
    email: '',
    note: 'Телефон кнопочный: пишите SMS, он перезвонит.',
    temper: 'by-phone',
    userId: undefined,
    skills: ['power', 'generator', 'construction'],
    regions: ['KR', 'RO'],
    duty: null,
  },
  silentCapital: {
    ...plain,
    name: 'Прохоров Глеб',
    organisation: 'Эксплуатация, участок «Столица»',
    phone: '+7 900 555-07-21',
    email: 'prohorov@pult.example',
    temper: 'silent',
    userId: 7203,
    skills: ['power', 'generator', 'climate'],
    regions: ['MS', 'MO'],
  },
  diligentCapital: {
    ...plain,
    name: 'Ласточкина Вера',
    organisation: 'Эксплуатация, участок «Столица»',
    phone: '+7 900 555-07-22',
    email: 'lastochkina@pult.example',
    temper: 'diligent',
    userId: 7204,
    skills: ['power', 'generator', 'climate', 'security'],
    regions: ['MS', 'MO', 'LO'],
    duty: null,
  },
  diligentUral: {
    ...plain,
    name: 'Абросимов Юрий',
    organisation: 'Эксплуатация, участок «Урал и Сибирь»',
    phone: '+7 900 555-07-41',
    email: 'abrosimov@pult.example',
    temper: 'diligent',
    userId: 7206,
    skills: ['power', 'fibre', 'height', 'radio'],
    regions: ['SV', 'NS', 'PR'],
  },
  onLeave: {
    ...plain,
    name: 'Новик Павел',
    organisation: 'Эксплуатация, участок «Столица»',
    phone: '+7 900 555-07-23',
    email: 'novik@pult.example',
    note: 'В отпуске до конца месяца.',
    temper: 'silent',
    userId: 7207,
    skills: ['power', 'fibre', 'construction'],
    regions: [],
    availability: 'off',
    duty: null,
  },
} as const satisfies Readonly<Record<string, CrewMember>>;

export type CrewKey = keyof typeof crew;

export const members: readonly CrewMember[] = Object.values(crew);

/** A firm whose foreman has opened the bot: it acknowledges a hand-over by a button, the others by a letter. */
export const boundContractor = { name: 'Столичные кабельные сети', userId: 7301 } as const;

/** Told together when the weather turns. */
export const capitalGroup = {
  name: 'Столица: вся смена',
  members: [crew.silentCapital.name, crew.diligentCapital.name],
} as const;
