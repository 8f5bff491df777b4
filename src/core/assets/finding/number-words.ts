/** Words of dispatchers' letters that say what a number beside them is. All are lower case with `ё` as `е`. */

const station =
  /^(?:бс|bs|bts|сайт(?:[ауеы]|ом|ов|ам|ами|ах)?|станци(?:[яиюей]|ей|ям|ями|ях)|объект(?:[ауеы]|ом|ов|ам|ами|ах)?|площад(?:к[аиеу]|кой|ок|кам|ками|ках)|базов(?:ая|ой|ую)|sites?|station|object|e?nodeb|gnodeb|[eg]nb|терминал(?:[ауе]|ом)?|банкомат(?:[ауе]|ом)?)$/u;
/** `площадок`, `станциям`: what follows may be a year, what stands before may count them. */
const plural = /(?:[ыв]|ам|ами|ах|ок|ям|ями|ях|sites)$/u;
/** `site_id`, `bsNumber`: names of fields. */
const fieldEnding = /(?:[_-]?(?:id|number|num|no|name|code|номер))$/u;
/** Say that a number follows, not of what. */
const filler =
  /^(?:номер(?:а|у|ом|е)?|ном|идентификатор\p{L}{0,2}|наименовани[ея]|название|обозначени[ея]|num|number|no|nr|id|код(?:а|у|ом)?|code|имя|name|шифр(?:а|у|ом)?)$/u;
const preposition =
  /^(?:на|по|у|для|к|ко|за|о|об|от|из|в|во|до|с|со|при|через|под|над|про|возле|около|рядом|между|и|а|или|но|не|at|on|for|to|of|from|and|or|the)$/u;

/** Papers: a ticket of an operator may be called by its station, an invoice never is. */
const ticket =
  /^(?:акт(?:[ауе]|ом|ов|ы)?|запрос(?:[ауе]|ом|ы)?|обращени[еяюй]|заявк[иу]|заявке|заявлени[еяю]|инцидент(?:[ауе]|ом)?|тикет(?:[ауе]|ом)?|событи[еяю]|case|ticket|incident|event|request)$/u;
const paper =
  /^(?:договор(?:[ауеы]|ом|ов|у)?|контракт(?:[ауе]|ом|ы)?|соглашени[еяю]|счет(?:[ауе]|ом|а)?|сч|счет-фактур\p{L}*|фактур\p{L}*|накладн\p{L}*|ттн|упд|приказ\p{L}*|распоряжени\p{L}*|постановлени\p{L}*|дел[оау]|исх|исходящ\p{L}*|вх|входящ\p{L}*|лот(?:[ауе]|ом)?|тендер\p{L}*|закупк\p{L}*|лиценз\p{L}*|реестр\p{L}*|письм[оау]|предписани\p{L}*|протокол\p{L}*|наряд\p{L}*|доверенност\p{L}*|удостоверени\p{L}*|чертеж\p{L}*|смет[аеуы]|спецификаци\p{L}*|ордер\p{L}*|чек\p{L}{0,2}|квитанци\p{L}*|полис\p{L}*|сертификат\p{L}*|паспорт\p{L}*|инн|кпп|бик|огрн|огрнип|окпо|снилс|заказ(?:[ауе]|ом)?|заказ-наряд\p{L}*|платеж\p{L}*|поручени\p{L}*|invoice|contract|order|ref|лист[аеу]?|стать[яеию]|пункт\p{L}{0,2}|раздел\p{L}*|приложени\p{L}*|рис|стр|страниц\p{L}*|гост\p{L}{0,2}|снип|сп|ту|пуэ|уведомлени[еяю]|требовани[еяю]|претензи[яию]|проект(?:[ауе]|ом)?|регистрационн\p{L}*|кадастров\p{L}*|версия|version|build|release)$/u;
const thing =
  /^(?:тел|телефон\p{L}*|факс\p{L}*|доб|добавочн\p{L}*|внутренн\p{L}*|моб|мобильн\p{L}*|мой|городск\p{L}*|phone|tel|fax|mob|ext|extension|каб|кабинет\p{L}*|комн|комнат\p{L}*|ауд|аудитори\p{L}*|зал[ае]?|оф|офис\p{L}*|кв|квартир\p{L}*|room|office|рейс\p{L}*|поезд\p{L}*|вагон\p{L}*|flight|арт|артикул\p{L}*|модел\p{L}*|марк[аиу]|плат[аыу]|тип[ау]?|сер|серийн\p{L}*|сери[яи]|sn|serial|part|sku|зав|заводск\p{L}*|инв|инвентарн\p{L}*|пломб\p{L}*|бирк\p{L}*|счетчик\p{L}*|показани\p{L}*|расход\p{L}*|моточас\p{L}*|наработк\p{L}*|пробег\p{L}*|порт[ау]?|port|vlan|ifindex|eventid|модем\p{L}*|роутер\p{L}*|sim|imei|mac|ip|ошибк\p{L}*|error|ключ\p{L}{0,2}|пароль|pin|пин|пин-код|pin-код|табельн\p{L}*|бейдж\p{L}*|гос|госномер\p{L}*|гн|машин\p{L}*|автомашин\p{L}*|авто|автомобил\p{L}*|прицеп\p{L}*|полуприцеп\p{L}*|тс|кран|газел\p{L}*|камаз\p{L}*|уаз\p{L}*|индекс\p{L}*|ящик\p{L}*|фидер\p{L}*|ктпн?|тп|рп|рту|ячейк\p{L}*|пс|вл|кл|лэп|подстанци\p{L}*|трансформатор\p{L}*|дом[ае]?|ул|улиц[аыеу]|корп|сумм[аеуы]|итого|аванс\p{L}*|цен[аыуе]|стоимост\p{L}*|пробк\p{L}*|пом|помещени\p{L}*|бокс\p{L}*|стеллаж\p{L}*|секци[яиюей]|подъезд\p{L}*|этаж\p{L}*|парковк\p{L}*|мест[оа]|трек\p{L}*|трек-номер\p{L}{0,2}|посылк\p{L}*|отправлени\p{L}*|маршрут\p{L}*|автобус\p{L}*|группа|вакансия|размер\p{L}{0,2}|грз|напряжени\p{L}*|частот\p{L}*|мощност\p{L}*|высот\p{L}*|давлени\p{L}*|температур\p{L}*|track|tracking|parcel|партия|бухт\p{L}*|барабан\p{L}*)$/u;
/** Of those, the ones that a number with letters may belong to. */
const plateOrPart =
  /^(?:рейс\p{L}*|поезд\p{L}*|вагон\p{L}*|flight|арт|артикул\p{L}*|модел\p{L}*|марк[аиу]|плат[аыу]|сер|серийн\p{L}*|sn|serial|part|sku|зав|заводск\p{L}*|инв|инвентарн\p{L}*|пломб\p{L}*|гос|госномер\p{L}*|гн|машин\p{L}*|автомашин\p{L}*|авто|автомобил\p{L}*|прицеп\p{L}*|полуприцеп\p{L}*|тс|кран|газел\p{L}*|камаз\p{L}*|уаз\p{L}*|договор(?:[ауеы]|ом|у)?|контракт(?:[ауе]|ом)?|счет(?:[ауе]|ом)?|счет-фактур\p{L}*|накладн\p{L}*|приказ\p{L}*|лот(?:[ауе]|ом)?|паспорт\p{L}*|каб|кабинет\p{L}*|дел[оау])$/u;
const unit =
  /^(?:руб\p{L}*|р|rub|квт\p{L}?|вт|ква|квар|гц|мгц|мм|см|м|м2|м3|км|кг|тонн\p{L}*|л|литр\p{L}*|шт|штук\p{L}*|мин|минут\p{L}*|ч|час\p{L}{0,3}|сек|секунд\p{L}*|мс|ms|дн|дней|дня|млн|тыс|тысяч\p{L}*|раз|раза|человек|чел|абонент\p{L}*|об|мб|гб|мбит|кбит|м\/с)$/u;
const year = /^(?:г|гг|год\p{L}{0,3}|года|лет)$/u;
const month =
  /^(?:январ|феврал|март|апрел|ма[йяе]$|июн|июл|август|сентябр|октябр|ноябр|декабр|january|february|march|april|may$|june|july|august|september|october|november|december)/u;

/** What happens at a station, who goes there and what stands in it: says nothing of the number behind it. */
const outage =
  /^(?:вэс|эп|ээ|авр|эс|авари[яию]|отключен\p{L}*|отсутств\p{L}*|обесточ\p{L}*|пропадани\p{L}*|питани[ея]|электропитани[ея]|электроснабжени[ея]|связ[ьи]|просто[йя]|выезд\p{L}*|работ[аыу]?|ппр|авр|то|ремонт\p{L}*|замен\p{L}*|заправк\p{L}*|доливк\p{L}*|дгу|акб|ибп|осмотр\p{L}*|обход\p{L}*|доступ\p{L}*|монтаж\p{L}*|демонтаж\p{L}*|сработ\p{L}*|дверь|пожар|перегрев\p{L}*|генератор\p{L}*|дизел\p{L}*|топлив\p{L}*|свет[ау]?|сет[ьи]|щит[ау]?|ввод[ау]?|автомат[ау]?|фаз[аыу]|кондиционер\p{L}*|бригад\p{L}*|мастер|адрес\p{L}{0,2}|тема|subject|re|fwd?|нет|без|есть|это|там|здесь|также|тоже|коллеги|опор[аыеу]|амс|башн[яиею]|вышк[аиеу]|мачт[аыеу]|аварийн\p{L}*|power|outage|failure|alarm|down|mains)$/u;
/** Verbs and adjectives: a number behind them is what the sentence is about. */
const notNoun =
  /(?:ет|ит|ут|ют|ят|ал|ил|ел|ла|ло|ли|ть|тся|лся|лась|лось|лись|ена|ено|ены|ен|ая|яя|ый|ий|ое|ее|ой|ую|юю|ые|ие|ого|ему|ому)$/u;
/** Devices have type numbers that look like a station's. */
const device =
  /^(?:контроллер|реле|насос|разъем|маршрутизатор|коммутатор|свитч|принтер|картридж|ноутбук|монитор|выпрямител|модул|муфт|камер|двигател|фильтр|ремень|подшипник|ламп|светильник|болт|гайк|стабилизатор|инвертор|усилител|антенн|телевизор|преобразовател|аккумулятор)/u;

export type WordSense =
  | 'station'
  | 'filler'
  | 'preposition'
  | 'ticket'
  | 'paper'
  | 'thing'
  | 'outage'
  | 'device'
  | 'verb'
  | 'word';

export function senseOf(word: string): WordSense {
  if (isStationWord(word)) return 'station';
  if (filler.test(word)) return 'filler';
  if (preposition.test(word)) return 'preposition';
  if (ticket.test(word)) return 'ticket';
  if (paper.test(word)) return 'paper';
  if (thing.test(word)) return 'thing';
  if (outage.test(word)) return 'outage';
  if (device.test(word)) return 'device';
  return notNoun.test(word) ? 'verb' : 'word';
}

/** `г/н`, `а/м`, `с/н`: abbreviations with a slash inside, by their two parts. */
export function isSlashedThing(left: string, right: string): boolean {
  return /^(?:г\/н|а\/м|с\/н|s\/n|p\/n|а\/я|р\/с|л\/с|к\/с|п\/п|у\/д)$/u.test(`${left}/${right}`);
}

/** A street: what stands behind its name is a house. */
export function isStreet(word: string): boolean {
  return /^(?:ул|улиц[аыеу]|пер|переул\p{L}*|пр-кт|просп|проспект\p{L}*|ш|шоссе|бул|бульвар\p{L}*|наб|набережн\p{L}*|мкр|микрорайон\p{L}*|проезд\p{L}*|пр-д|street|str|avenue)$/u.test(
    word,
  );
}

export function isStationWord(word: string): boolean {
  return station.test(word) || station.test(word.replace(fieldEnding, ''));
}

export const isPlural = (word: string): boolean => plural.test(word);
export const isPlateOrPart = (word: string): boolean => plateOrPart.test(word);
export const isUnit = (word: string): boolean => unit.test(word) || month.test(word);
export const isYearWord = (word: string): boolean => year.test(word);
