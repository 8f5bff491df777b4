import type { Random } from '../../src/core/platform/random.ts';

/** What a desk's letters are mostly made of, most frequent first. */
const common =
  `и в на не по с от до нет за из для при что это связь питание станция сайт авария опора ключ доступ
  работы бригада сегодня просим заявка прошу сообщить время адрес оборудование электроэнергия подрядчик оператор
  кондиционер датчик охрана шлагбаум дизель генератор топливо замок ворота вышка контейнер счётчик кабель щит
  автомат аккумулятор выпрямитель температура перегрев вода протечка пожар сигнализация лифт крыша ремонт плановый
  аварийный восстановлено проверка замена выезд инженер диспетчер собственник энергосбыт отключение напряжение фаза
  ввод резерв показания акт договор пропуск согласование список сотрудников автомобиль номер телефон`.split(
    /\s+/,
  );
const roots =
  `пит свет связ станц работ сет кабел дизел топлив замок ворот опор мачт антенн секто канал модул блок плат
  вентил насос труб кров фундамент огражд охран сигнал датчик камер счётч щитов автомат контакт предохран трансформ
  подстанц линей волокн муфт кросс шкаф стойк крепл болт трос растяж маркир окрас освещ заземл молни снег ветер лёд
  подъезд дорог проезд пропуск ключ журнал акт осмотр ремонт замен монтаж демонтаж настрой измер провер`.split(
    /\s+/,
  );
const endings =
  `а ы у ой е ам ами ах и ий ого ому ым ыми ая ую ые ых ик ика ник ника ка ки ку кой ение ения ению
  ением ации ация ацию ить ил ила или ит ят ал ала али ать ает ают ен ена ено ены ный ная ное ные`.split(
    /\s+/,
  );
const beginnings = ['', 'пере', 'под', 'за', 'при', 'от', 'до', 'вы', 'раз', 'по', 'об', 'с'];
const vocabularySize = 50_000;

export type Writer = {
  /** A sentence-like run of words, as frequent as in a real text. */
  words(count: number): string;
  text(count: number): string;
  vocabulary: readonly string[];
};

/** Words by Zipf's law over 50,000 forms: few are everywhere, most are rare, as in a real archive. */
export function createWriter(random: Random): Writer {
  const vocabulary = makeVocabulary();
  // Zipf with exponent 1, by the inverse of its logarithmic distribution function.
  const scale = Math.log(vocabulary.length + 1);
  const word = () => vocabulary[Math.floor(Math.exp(random.number() * scale)) - 1] ?? 'и';
  const words = (count: number) => {
    let text = word();
    for (let index = 1; index < count; index += 1) text += ` ${word()}`;
    return text;
  };
  return {
    vocabulary,
    words,
    text(count) {
      const sentences: string[] = [];
      for (let left = count; left > 0; left -= 9) {
        const sentence = words(Math.min(9, left));
        sentences.push(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`);
      }
      return sentences.join(' ');
    },
  };
}

function makeVocabulary(): string[] {
  const all = new Set(common);
  for (const ending of endings) {
    for (const root of roots) {
      for (const beginning of beginnings) all.add(`${beginning}${root}${ending}`);
    }
  }
  for (const beginning of beginnings) {
    for (const first of roots) {
      for (const second of roots) if (all.size < vocabularySize) all.add(`${beginning}${first}о${second}ный`);
    }
  }
  return [...all].slice(0, vocabularySize);
}
