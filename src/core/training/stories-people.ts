import {
  authorities,
  citizens,
  contractorOf,
  employees,
  gridCompany,
  operators,
  otherDesks,
  webForm,
} from './cast.ts';
import { composeLetter, eightBitPart, filePart, messagePart, multipart, textPart } from './mime.ts';
import { mastPhoto, picturePdf, scannedPage } from './pictures.ts';
import { between, makeMessageId, pick } from './seeded-random.ts';
import {
  escapeHtml,
  headFrom,
  powerType,
  russianStampOf,
  stampOf,
  type Story,
  type Teller,
} from './story.ts';

/** A page of the company's site sends what a visitor filled in as JSON. */
export function webFormReport(teller: Teller): Story {
  const { random } = teller;
  const place = teller.nextPlace();
  const visitor = pick(random, citizens);
  const fields = {
    'Шифр опоры': place.pole,
    'Почта для ответа': visitor.address,
    'Кто сообщает': visitor.name,
    Описание: teller.deal('web-form', [
      'Дверца шкафа открыта настежь, внутри гудит',
      'На столбе искрит провод, рядом детская площадка',
      'Ночью погасли сигнальные огни на вышке',
      'Отошла секция забора, ходят посторонние',
      'Сильно наклонился кабельный ввод после ветра',
    ]),
    'Что рядом': place.address,
  };
  return [
    {
      shape: 'web-form',
      delayMinutes: 0,
      opens: true,
      type: 'structure',
      head: headFrom(teller, webForm, `Обращение с сайта № ${between(random, 2_000, 9_000)}`),
      part: textPart(`${JSON.stringify(fields)}\n`),
    },
  ];
}

export function employeeLine(teller: Teller): Story {
  const place = teller.nextPlace();
  const persona = pick(teller.random, employees);
  const line = teller.deal('employee', [
    `Коллеги, на ${place.pole} опять отключился вводной автомат, выезжаю.`,
    `${place.pole} без света с утра, сети говорят до вечера. Заведите, пожалуйста.`,
    `Проезжал мимо ${place.pole}: шкаф вскрыт, кабель срезан. Нужна охрана и АВР.`,
    `На ${place.pole} вода в приямке, автомат отключил сам. Насос есть у кого?`,
    `Счётчик на ${place.pole} не передаёт показания третий день, посмотрите питание.`,
    `По ${place.pole} запустил ДГУ, топлива часов на семь.`,
  ]);
  return [
    {
      shape: 'employee-line',
      delayMinutes: 0,
      opens: true,
      type: 'power-employee',
      head: headFrom(
        teller,
        persona,
        pick(teller.random, [place.pole, `${place.pole} питание`, 'Питание на объекте']),
      ),
      part: textPart(`${line}\n${persona.signature}`),
    },
  ];
}

/** The body is empty: everything is in the scan. */
export function scanOnly(teller: Teller): Story {
  const { random } = teller;
  const number = `${between(random, 1, 40)}-${between(random, 100, 999)}/${stampOf(teller.at).slice(2, 4)}`;
  const page = scannedPage(random);
  return [
    {
      shape: 'scan-only',
      delayMinutes: 0,
      opens: true,
      type: 'authorities',
      head: headFrom(teller, pick(random, authorities), `Исх. ${number}`),
      part: multipart('mixed', [
        textPart(''),
        filePart({
          name: `Запрос ${number.replace('/', '_')}.pdf`,
          type: 'application/pdf',
          bytes: picturePdf(page, 848, 1200),
        }),
      ]),
    },
  ];
}

export function accessRequest(teller: Teller): Story {
  const { random } = teller;
  const place = teller.nextPlace();
  const day = russianStampOf(teller.at + 86_400_000).slice(0, 10);
  const contractor = contractorOf(place.region.code);
  const text = [
    'Здравствуйте!',
    '',
    `Просим согласовать допуск на опору ${place.pole} (${place.address}) ${day} с 09:00 до 18:00.`,
    teller.deal('access', [
      'Работы: замена секторной антенны, подъём по лестнице, 40 м.',
      'Работы: осмотр и протяжка болтовых соединений.',
      'Работы: монтаж радиорелейной линии, потребуется отключение одного фидера на час.',
    ]),
    'Состав: Ефимов Г. П., Давлетов Р. И., удостоверения на высоту до 2027 года.',
    `Автомобиль: белый фургон, а${between(random, 100, 999)}вс ${place.region.code}.`,
    contractor.signature,
  ].join('\n');
  return [
    {
      shape: 'access-request',
      delayMinutes: 0,
      opens: true,
      type: 'site-access',
      head: headFrom(teller, contractor, `Доступ на АМС ${place.pole}`),
      part: textPart(text),
    },
  ];
}

/** Outlook of long ago: windows-1251 in everything, eight bits on the wire. */
export function oldOutlook(teller: Teller): Story {
  const place = teller.nextPlace();
  const contractor = contractorOf(place.region.code);
  const text = `Здравствуйте.\n\n${teller.deal('cp1251', [
    `При обходе ${place.pole} обнаружен перегрев контактов рубильника, нужна замена.`,
    `На ${place.pole} повреждён кабель ввода, изолировали, питание снято до ремонта.`,
    `Просим выставить заявку на ${place.pole}: подтопление шкафа учёта.`,
  ])}\nАдрес: ${place.address}\n${contractor.signature}`;
  return [
    {
      shape: 'windows-1251',
      delayMinutes: 0,
      opens: true,
      type: powerType(place),
      head: { ...headFrom(teller, contractor, `Замечание по ${place.pole}`), charset: 'windows-1251' },
      part: eightBitPart(text, 'windows-1251'),
    },
  ];
}

/** An employee attaches the letter he got instead of quoting it. */
export function nestedForward(teller: Teller): Story {
  const { random } = teller;
  const place = teller.nextPlace();
  const station = place.stations['region-number'];
  const employee = pick(random, employees);
  const inner = composeLetter(
    {
      from: { name: operators.orbita.name, address: operators.orbita.address },
      to: [{ name: employee.name, address: employee.address }],
      subject: `${station}: просадки напряжения`,
      messageId: makeMessageId(random, 'orbita-svyaz.example'),
    },
    textPart(
      `Добрый день!\n\nНа ${station} (${place.pole}) с ночи просадки до 170 В, три перезапуска.\nПереслала вам лично: общий ящик не отвечает.\n${operators.orbita.signature}`,
    ),
    teller.at - 35 * 60_000,
  );
  return [
    {
      shape: 'nested-forward',
      delayMinutes: 0,
      opens: true,
      type: powerType(place),
      head: headFrom(teller, employee, `Fwd: ${station}: просадки напряжения`),
      part: multipart('mixed', [
        textPart(`Пришло мне, а надо вам. Во вложении.\n${employee.signature}`),
        messagePart(inner, 'Исходное письмо.eml'),
      ]),
    },
  ];
}

/** Written to everybody who might be responsible; we are only a copy. */
export function severalDesks(teller: Teller): Story {
  const place = teller.nextPlace();
  const text = [
    'Уважаемые коллеги!',
    '',
    `${teller.deal('several-desks', [
      'После урагана обесточен район',
      'Из-за аварии на подстанции отключён район',
    ])}: ${place.address} и соседние посёлки.`,
    `Просим каждого проверить свои объекты. По нашим данным затронута и опора ${place.pole}.`,
    operators.volnaBss.signature,
  ].join('\n');
  return [
    {
      shape: 'several-desks',
      delayMinutes: 0,
      opens: true,
      type: powerType(place),
      head: {
        ...headFrom(teller, operators.volnaBss, `Массовое отключение, ${place.region.name}`),
        to: otherDesks,
        cc: [teller.desk],
      },
      part: textPart(text),
    },
  ];
}

/** Something burns, falls or is stolen: a photo comes along. */
export function threat(teller: Teller): Story {
  const { random } = teller;
  const place = teller.nextPlace();
  const persona = pick(random, employees);
  const text = `СРОЧНО. ${place.pole}, ${place.address}. ${teller.deal('threat', [
    'Горит сухая трава в двадцати метрах от контейнера, пожарные вызваны.',
    'После оползня оголён фундамент, крен виден на глаз.',
    'Похищен грозотрос и часть растяжек, подниматься нельзя.',
    'Наезд грузовика на ограждение, перебит кабельный ввод.',
  ])} Фото приложил.\n${persona.signature}`;
  return [
    {
      shape: 'threat',
      delayMinutes: 0,
      opens: true,
      type: 'object-loss',
      head: headFrom(teller, persona, `Угроза объекту ${place.pole}`),
      part: multipart('mixed', [
        textPart(text),
        filePart({ name: 'IMG_2031.jpg', type: 'image/jpeg', bytes: mastPhoto(random) }),
      ]),
    },
  ];
}

/** Letters of neighbours have no text part at all. */
export function neighbour(teller: Teller): Story {
  const place = teller.nextPlace();
  const citizen = pick(teller.random, citizens);
  const text = `Здравствуйте. Живу рядом с вашей вышкой (${place.address}). ${teller.deal('neighbour', [
    'Вторую ночь громко работает генератор, дети не спят. Когда это кончится?',
    'На вышке не горят красные лампы. Самолёты же летают!',
    'Ветром оторвало лист от контейнера, он висит над дорогой.',
  ])} Номер на табличке: ${place.pole}.${citizen.signature}`;
  return [
    {
      shape: 'html-only',
      delayMinutes: 0,
      opens: true,
      type: 'structure',
      head: headFrom(teller, citizen, pick(teller.random, ['Вышка возле дома', 'Жалоба', 'Опасно!'])),
      part: textPart(
        `<html><body style="font-family:Verdana"><p>${escapeHtml(text)}</p></body></html>`,
        'utf-8',
        'html',
      ),
    },
  ];
}

/** The grid company tells of a planned switch-off, with several poles in a table. */
export function plannedOutage(teller: Teller): Story {
  const { random } = teller;
  const place = teller.nextPlace();
  const from = russianStampOf(teller.at + between(random, 20, 40) * 3_600_000);
  const rows = [place, teller.nextPlace(place.region.code)]
    .map(({ pole, address }) => `<tr><td>${pole}</td><td>${address}</td></tr>`)
    .join('\n');
  const html = `<p>Уведомляем о плановом отключении для ремонта трансформатора.</p>
<p>Начало: ${from}, продолжительность до ${between(random, 3, 8)} часов.</p>
<table border="1"><tr><th>Объект</th><th>Адрес</th></tr>
${rows}
</table>
<p>${escapeHtml(gridCompany.signature)}</p>`;
  return [
    {
      shape: 'planned-outage',
      delayMinutes: 0,
      opens: true,
      type: 'planned',
      head: headFrom(teller, gridCompany, `Уведомление о плановом отключении, ${place.region.name}`),
      part: textPart(html, 'utf-8', 'html'),
    },
  ];
}
