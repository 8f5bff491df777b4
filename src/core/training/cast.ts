import type { Charset, Mailbox } from './mime.ts';

/** How somebody answers the desk's letters. */
export type Temper =
  | 'robot'
  | 'network-centre'
  | 'employee'
  | 'contractor'
  | 'authority'
  | 'on-vacation'
  | 'citizen';

export type Persona = Mailbox & {
  readonly temper: Temper;
  readonly signature: string;
  readonly charset?: Charset;
};

type Cast = readonly [Persona, ...Persona[]];

const signature = (...lines: readonly string[]) => `\n--\n${lines.join('\n')}\n`;

/** All names, firms and addresses are invented. */
export const operators = {
  volnaRobot: {
    name: 'Волна Мобайл · мониторинг',
    address: 'noc-robot@volna-mobile.example',
    temper: 'robot',
    signature: signature(
      'Автоматическое уведомление центра мониторинга «Волна Мобайл»',
      'Отвечать на bss@volna-mobile.example',
    ),
  },
  volnaBss: {
    name: 'Группа BSS Волна Мобайл',
    address: 'bss@volna-mobile.example',
    temper: 'network-centre',
    signature: signature('Дежурный инженер BSS', '«Волна Мобайл», круглосуточно: +7 (900) 100-20-30'),
  },
  orbita: {
    name: 'Центр управления сетью Орбита',
    address: 'avarii@orbita-svyaz.example',
    temper: 'network-centre',
    signature: signature(
      'С уважением,',
      'Зинаида Полуэктова',
      'ведущий инженер ЦУС «Орбита Связь»',
      '+7 (900) 200-14-41, доб. 318',
    ),
  },
  pyataya: {
    name: 'Service Desk Пятая Сеть',
    address: 'servicedesk@pyataya-set.example',
    temper: 'network-centre',
    signature: signature('Служба поддержки «Пятая Сеть»', 'Не меняйте, пожалуйста, тему письма'),
  },
  severkom: {
    name: 'Дежурный Северком',
    address: 'duty@severkom.example',
    temper: 'network-centre',
    signature: signature('Дежурная смена «Северком»'),
    charset: 'koi8-r',
  },
} as const satisfies Record<string, Persona>;

export const employees: Cast = [
  {
    name: 'Игорь Мельников',
    address: 'melnikov@towers.example',
    temper: 'employee',
    signature: signature('Мельников И. С.', 'энергетик'),
  },
  {
    name: 'Тамара Гусева',
    address: 'guseva@towers.example',
    temper: 'employee',
    signature: signature('Т. Гусева, служба эксплуатации'),
  },
  {
    name: 'Руслан Ахметов',
    address: 'akhmetov@towers.example',
    temper: 'employee',
    signature: '\nОтправлено с телефона\n',
  },
  {
    name: 'Вера Лисицына',
    address: 'lisitsyna@towers.example',
    temper: 'employee',
    signature: signature('Вера Лисицына', 'инженер по эксплуатации', '+7 (900) 300-77-12'),
  },
];

export const vacationer: Persona = {
  name: 'Ольга Лапина',
  address: 'lapina@towers.example',
  temper: 'on-vacation',
  signature: signature('О. Лапина'),
};

const volga: Persona = {
  name: 'Бригада Волгаэнергомонтаж',
  address: 'brigada@volgaenergomontazh.example',
  temper: 'contractor',
  signature: signature('Сафин Марат, старший бригады', '+7 (900) 411-05-06'),
};
const south: Persona = {
  name: 'Диспетчерская ЮгСетьСервис',
  address: 'disp@yugsetservis.example',
  temper: 'contractor',
  signature: signature('Диспетчерская «ЮгСетьСервис»', 'круглосуточно +7 (900) 412-13-14'),
};
const ural: Persona = {
  name: 'УралВысотСтрой',
  address: 'avr@uralvysotstroy.example',
  temper: 'contractor',
  signature: signature('Кирилл Нечаев', 'прораб, «УралВысотСтрой»'),
};
const capital: Persona = {
  name: 'Столичные кабельные сети',
  address: 'zayavki@stolkabel.example',
  temper: 'contractor',
  signature: signature('Отдел аварийных выездов', '«Столичные кабельные сети»'),
};

export const contractors: Cast = [capital, volga, south, ural];

/** Each firm serves its own part of the country; the capital's one takes the north-west too. */
export function contractorOf(regionCode: string): Persona {
  if (['52', '16'].includes(regionCode)) return volga;
  if (['23', '61'].includes(regionCode)) return south;
  if (['66', '54', '25'].includes(regionCode)) return ural;
  return capital;
}

export const authorities: Cast = [
  {
    name: 'Канцелярия управления благоустройства',
    address: 'kanc@blagoustroystvo.example',
    temper: 'authority',
    signature: '',
  },
  {
    name: 'Инспекция технического надзора',
    address: 'nadzor@inspekciya.example',
    temper: 'authority',
    signature: '',
  },
];

export const citizens: Cast = [
  { name: 'Анна Жданова', address: 'zhdanova.anna@pochta.example', temper: 'citizen', signature: '\nАнна\n' },
  { name: 'Пётр Кузьмич', address: 'petr1958@pochta.example', temper: 'citizen', signature: '' },
];

export const webForm: Persona = {
  name: 'Сайт: обратная связь',
  address: 'forma@portal.example',
  temper: 'robot',
  signature: '',
};

export const gridCompany: Persona = {
  name: 'Районные электрические сети',
  address: 'ods@rayonseti.example',
  temper: 'authority',
  signature: signature('Оперативно-диспетчерская служба РЭС'),
};

export const otherDesks: readonly Mailbox[] = [
  { name: 'Дежурная служба Башни-Юг', address: 'duty@bashni-yug.example' },
  { name: 'Диспетчерская Мачта-Сервис', address: 'desk@machta-servis.example' },
];

/** Somebody left; the address book still has him, so letters to him come back. */
export const formerEmployee: Mailbox = { name: 'Степан Рогов', address: 'rogov@volgaenergomontazh.example' };

export function findPersona(address: string): Persona | undefined {
  const wanted = address.toLowerCase();
  return everybody.find((persona) => persona.address === wanted);
}

const everybody: readonly Persona[] = [
  ...Object.values(operators),
  ...employees,
  vacationer,
  ...contractors,
  ...authorities,
  ...citizens,
  webForm,
  gridCompany,
];
