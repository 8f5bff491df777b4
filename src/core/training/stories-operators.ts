import { operators } from './cast.ts';
import { eightBitPart, filePart, multipart, textPart, type Part } from './mime.ts';
import { logoPng } from './pictures.ts';
import { between, makeMessageId } from './seeded-random.ts';
import {
  escapeHtml,
  headFrom,
  powerType,
  russianStampOf,
  stampOf,
  type Letter,
  type Story,
  type Teller,
} from './story.ts';

const minuteMs = 60_000;

/** Monitoring writes by itself. `sequel` is how the same robot comes back: with the same alarm, or in a new thread. */
export function robotOutage(teller: Teller, sequel: 'none' | 'resend' | 'closed' = 'none'): Story {
  const { random } = teller;
  const place = teller.nextPlace();
  const station = place.stations.letters;
  const subject = `ВМ Нет внешнего питания ${station}/${place.pole}`;
  const since = teller.at - between(random, 2, 14) * minuteMs;
  const text = [
    `Согласно договору ВМ-${between(random, 100, 900)}/24 уведомляем о пропадании внешнего электроснабжения.`,
    `Станция: ${station}`,
    `Адрес: ${place.address} (${place.coordinates})`,
    `Аккумуляторы работают с ${stampOf(since)}`,
    `Приоритет площадки: ${between(random, 1, 10)}`,
    `${teller.deal('robot-ask', [
      'Просим проверить вводной автомат и сообщить срок восстановления.',
      'Просим подтвердить приём и указать номер заявки.',
      'Просим замерить напряжение по фазам и приложить снимок с контроллера.',
      'Просим организовать подвоз генератора, если ремонт займёт больше двух часов.',
    ])}`,
    operators.volnaRobot.signature,
  ].join('\n');
  const part = alternative(text);
  const first: Letter = {
    shape: 'operator-robot',
    delayMinutes: 0,
    opens: true,
    type: powerType(place),
    head: { ...headFrom(teller, operators.volnaRobot, subject), cc: [copyTo(operators.volnaBss)] },
    part,
  };
  if (sequel === 'resend') {
    const head = { ...first.head, messageId: makeMessageId(random, 'volna-mobile.example') };
    return [first, { ...first, shape: 'exact-resend', delayMinutes: 60, opens: false, head }];
  }
  if (sequel === 'closed') return [first, closedNotice(teller, subject, station)];
  return [first];
}

function closedNotice(teller: Teller, subject: string, station: string): Letter {
  const text = `Питание станции ${station} восстановлено. Заявку со своей стороны закрываем.\n${operators.volnaRobot.signature}`;
  return {
    shape: 'closed-in-new-thread',
    delayMinutes: 95,
    opens: false,
    type: undefined,
    head: headFrom(teller, operators.volnaRobot, `${subject} (Закрыто)`),
    part: alternative(text),
  };
}

/** Fields on lines of their own, a logo in the signature, a lawyer's page below. */
export function formRequest(teller: Teller): Story {
  const { random } = teller;
  const place = teller.nextPlace();
  const station = place.stations['region-number'];
  const cause = teller.deal('form-cause', [
    'отсутствует ВЭС, станция на батареях',
    'пропала фаза B, выпрямители в ограничении',
    'отключён ввод, станция не обслуживает абонентов',
    'напряжение на вводе 164 В, оборудование перезапускается',
    'сработала сигнализация «авария сети», связи с контроллером нет',
  ]);
  const text = [
    `Номер станции: ${station}`,
    'Состояние: не в эфире',
    `Шифр опоры: ${place.pole}`,
    `Адрес: ${place.address}`,
    `Начало аварии: ${russianStampOf(teller.at - between(random, 1, 25) * minuteMs)}`,
    `Суть обращения: ${cause}`,
    operators.orbita.signature,
    disclaimer,
  ].join('\n');
  const html = `<p>${escapeHtml(text)}</p><img src="cid:image001.png@orbita" width="48" height="48" alt="">`;
  const logo = filePart({
    name: 'image001.png',
    type: 'image/png',
    bytes: logoPng([32, 96, 192]),
    inline: true,
    contentId: 'image001.png@orbita',
  });
  return [
    {
      shape: 'structured-form',
      delayMinutes: 0,
      opens: true,
      type: powerType(place),
      head: headFrom(teller, operators.orbita, `Заявка по объекту: ${station} / ${place.pole}`),
      part: multipart('related', [
        multipart('alternative', [textPart(text), textPart(html, 'utf-8', 'html')]),
        logo,
      ]),
    },
  ];
}

/** An operator's service desk that hands its own ticket on, often as a forward in the subject only. */
export function externalRequest(teller: Teller): Story {
  const { random } = teller;
  const place = teller.nextPlace();
  const station = place.stations.number;
  const ticket = between(random, 30_000, 60_000);
  const prefix = random.number() < 0.5 ? 'FWD: ' : '';
  const text = [
    'Добрый день!',
    '',
    `Поступило обращение INCIDENT-${ticket} по станции ${station}, ${place.address}.`,
    teller.deal('external-ask', [
      'Абоненты жалуются на отсутствие сети с ночи. Проверьте, пожалуйста, питание площадки.',
      'Наш инженер не смог попасть на площадку: замок на шкафу заменён. Нужен ключ и сопровождение.',
      'Зафиксированы три провала питания за час. Просим осмотреть ввод и контакты рубильника.',
      'Сообщите, пожалуйста, плановый срок восстановления: станция опорная, за ней ещё четыре.',
    ]),
    `Номер опоры по вашей базе: ${place.pole}.`,
    operators.pyataya.signature,
  ].join('\n');
  return [
    {
      shape: 'external-request',
      delayMinutes: 0,
      opens: true,
      type: powerType(place),
      head: headFrom(teller, operators.pyataya, `${prefix}Заявка внешнего контрагента ${station}`),
      part: textPart(text),
    },
  ];
}

/** An old mail system: koi8-r in the subject and in the body. */
export function oldSystem(teller: Teller): Story {
  const place = teller.nextPlace();
  const station = place.stations.letters;
  const text = `Дежурный Северком сообщает.\n\nСтанция ${station} (${place.pole}), ${place.address}: ${teller.deal(
    'koi8',
    ['нет напряжения на вводе', 'отключение электроэнергии', 'авария по питанию, дизель не запустился'],
  )}.\nВремя: ${russianStampOf(teller.at)}\n${operators.severkom.signature}`;
  return [
    {
      shape: 'koi8-r',
      delayMinutes: 0,
      opens: true,
      type: powerType(place),
      head: headFrom(teller, operators.severkom, `Отключение ЭП на БС ${station}`),
      part: eightBitPart(text, 'koi8-r'),
    },
  ];
}

/** Two stations on two poles in one letter: one of the places where a desk opens half of what was asked. */
export function twoStations(teller: Teller): Story {
  const one = teller.nextPlace();
  const two = teller.nextPlace(one.region.code);
  const [first, second] = [one.stations['region-number'], two.stations['region-number']];
  const text = [
    'Коллеги, добрый день.',
    '',
    `Одновременно потеряли питание две площадки на одной линии: ${first} (${one.pole}) и ${second} (${two.pole}).`,
    `Адреса: ${one.address}; ${two.address}.`,
    'Похоже на отключение фидера. Уточните у сетей и сообщите по каждой отдельно.',
    operators.orbita.signature,
  ].join('\n');
  return [
    {
      shape: 'two-stations',
      delayMinutes: 0,
      opens: true,
      type: powerType(one),
      head: headFrom(teller, operators.orbita, `Отключение ВЭС: ${first} и ${second}`),
      part: textPart(text),
    },
  ];
}

export function fibreCut(teller: Teller): Story {
  const { random } = teller;
  const place = teller.nextPlace();
  const station = place.stations.prefixed;
  const text = [
    `Обрыв оптики на участке до ${station}.`,
    `Площадка ${place.pole}, ${place.address}.`,
    `По рефлектометру ${between(random, 2, 38)},${between(random, 100, 900)} км от узла. ${teller.deal(
      'fibre',
      [
        'На трассе работает экскаватор дорожников.',
        'Предположительно срезан кабель на опоре освещения.',
        'Ночью была гроза, возможно повреждение муфты.',
      ],
    )}`,
    'Просим обеспечить допуск бригады на опору и сопровождение.',
    operators.volnaBss.signature,
  ].join('\n');
  return [
    {
      shape: 'fibre',
      delayMinutes: 0,
      opens: true,
      type: 'fibre',
      head: headFrom(teller, operators.volnaBss, `ВОЛС: обрыв ${station} / ${place.pole}`),
      part: textPart(text),
    },
  ];
}

function alternative(text: string): Part {
  return multipart('alternative', [
    textPart(text),
    textPart(`<div>${escapeHtml(text)}</div>`, 'utf-8', 'html'),
  ]);
}

function copyTo({ name, address }: { readonly name: string; readonly address: string }) {
  return { name, address };
}

const disclaimer = `
____________________________________________________________
Настоящее сообщение и вложения к нему предназначены только указанным
адресатам. Если вы получили его по ошибке, уведомите, пожалуйста,
отправителя и удалите письмо со всех носителей. Копирование, раскрытие
и использование содержания третьими лицами не допускается.
Переписка по электронной почте сама по себе не создаёт обязательств,
не является офертой, акцептом либо соглашением о намерениях и не изменяет
условий заключённых договоров. «Орбита Связь» не отвечает за искажения
при передаче и за вредоносный код, попавший в письмо после отправки.
Мнение автора может не совпадать с мнением компании.

This message is intended for the addressee only. If you are not the
addressee, please tell the sender and delete it. Nothing in this message
creates or changes an obligation between the parties.

Берегите природу: не печатайте это письмо без необходимости.
`;
