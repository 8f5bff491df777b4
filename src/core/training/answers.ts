import type { Random } from '../platform/random.ts';
import { bounceHead, bounceReport } from './bounce.ts';
import { findPersona, type Persona } from './cast.ts';
import { composeLetter, textPart, type LetterHead, type Mailbox, type Part } from './mime.ts';
import { readLetter, type ReadLetter } from './read-letter.ts';
import { between, createDeck, createSeededRandom, makeMessageId, pick, seedFrom } from './seeded-random.ts';
import { quarterAfter } from './story.ts';
import { fieldReport, vacationHeaders, vacationText } from './stories-threads.ts';

export type Answer = {
  /** Of story time, after the desk's letter. */
  readonly afterMs: number;
  compose(at: number): Buffer;
};

/** What the people of the shift do with a letter the desk sent to `recipient`. */
export type Answers = { to(raw: Buffer, recipient: string): readonly Answer[] };

/** Nobody argues for ever: after so many letters in one thread a person is content. */
const maxAnswersInThread = 4;

export function createAnswers(random: Random, desk: Mailbox): Answers {
  const deck = createPhrases(random);
  const answered = new Map<string, number>();
  let vacationTold = false;

  const reply = (
    persona: Persona,
    letter: ReadLetter,
    seconds: readonly [number, number],
    part: Part | ((at: number) => Part),
  ): Answer => {
    const head = replyHead(random, persona, desk, letter);
    const afterMs = between(random, ...seconds) * 1000;
    return {
      afterMs,
      compose: (at) => composeLetter(head, typeof part === 'function' ? part(at) : part, at),
    };
  };
  const say = (persona: Persona, letter: ReadLetter, text: string) =>
    textPart(`${text}\n${persona.signature}\n${quoted(letter.text)}`);

  const fromApplicant = (persona: Persona, letter: ReadLetter): readonly Answer[] => {
    if (isClosing(letter.text)) {
      if (random.number() < 0.25)
        return [reply(persona, letter, [15, 40], say(persona, letter, deck.notYet()))];
      const thanks = reply(persona, letter, [12, 45], say(persona, letter, deck.thanks()));
      if (random.number() < 0.6) return [thanks];
      return [thanks, reply(persona, letter, [90, 180], say(persona, letter, deck.again()))];
    }
    const mood = random.number();
    if (mood < 0.35) return [reply(persona, letter, [10, 40], say(persona, letter, deck.deadline()))];
    if (mood < 0.8) return [reply(persona, letter, [10, 40], say(persona, letter, deck.taken()))];
    return [];
  };
  const fromContractor = (persona: Persona, letter: ReadLetter): readonly Answer[] => {
    if (isClosing(letter.text)) return [];
    const minutes = between(random, 35, 110);
    const photos = createSeededRandom(seedFrom(random));
    const report = (at: number) =>
      fieldReport(
        { random: photos },
        `Выехали, прибытие ${quarterAfter(at, minutes)}. Фото с места приложил.\n${persona.signature}`,
      );
    return [
      reply(persona, letter, [6, 15], say(persona, letter, deck.accepted())),
      reply(persona, letter, [35, 80], report),
    ];
  };

  return {
    to(raw, recipient) {
      const letter = readLetter(raw);
      if (letter.automatic || letter.messageId === undefined) return [];
      const persona = findPersona(recipient);
      if (persona === undefined)
        return isInHouse(recipient, desk) ? [] : [bounce(random, desk, letter, recipient)];
      if (persona.temper === 'on-vacation') {
        // One notice per correspondent, as RFC 3834 asks.
        if (vacationTold) return [];
        vacationTold = true;
        const head = { ...replyHead(random, persona, desk, letter), extra: vacationHeaders };
        return [{ afterMs: 2_000, compose: (at) => composeLetter(head, textPart(vacationText), at) }];
      }
      const thread = `${persona.address} ${codeIn(letter.subject) ?? letter.references[0] ?? letter.messageId}`;
      const count = (answered.get(thread) ?? 0) + 1;
      answered.set(thread, count);
      if (count > maxAnswersInThread || persona.temper === 'robot' || persona.temper === 'authority')
        return [];
      return persona.temper === 'contractor'
        ? fromContractor(persona, letter)
        : fromApplicant(persona, letter);
    },
  };
}

/** The desk's code of an incident, whatever its prefix. */
export function codeIn(subject: string): string | undefined {
  return /(?<![\p{L}\d])[A-Z]{2,5}-\d{3,7}(?![\p{L}\d])/u.exec(subject)?.[0];
}

function bounce(random: Random, desk: Mailbox, letter: ReadLetter, recipient: string): Answer {
  const { subject, messageId = '' } = letter;
  const head = bounceHead(random, desk, subject);
  const part = bounceReport({ recipient, messageId, subject });
  return { afterMs: 4_000, compose: (at) => composeLetter(head, part, at) };
}

/** Most people press "reply"; some cut the code from the subject, some start a letter of their own. */
function replyHead(random: Random, persona: Persona, desk: Mailbox, letter: ReadLetter): LetterHead {
  const domain = persona.address.slice(persona.address.indexOf('@') + 1);
  const base = {
    from: { name: persona.name, address: persona.address },
    to: [desk],
    messageId: makeMessageId(random, domain),
    ...(persona.charset === undefined ? {} : { charset: persona.charset }),
  };
  const code = codeIn(letter.subject);
  const habit = random.number();
  if (code !== undefined && habit < 0.15) {
    // From memory, on a telephone: small letters, a dash of another length.
    const typed = pick(random, [code, code.toLowerCase(), code.replace('-', '–')]);
    return { ...base, subject: pick(random, [`По заявке ${typed}`, `${typed} уточнение`]) };
  }
  const plain = letter.subject.replace(/^(?:(?:re|fwd?):\s*)+/i, '');
  const subject = code !== undefined && habit < 0.4 ? withoutCode(plain, code) : plain;
  return {
    ...base,
    subject: `Re: ${subject}`,
    ...(letter.messageId === undefined ? {} : { inReplyTo: letter.messageId }),
    references: [...letter.references, ...(letter.messageId === undefined ? [] : [letter.messageId])],
  };
}

function withoutCode(subject: string, code: string): string {
  return subject.replace(new RegExp(`\\s*[([]?${code}[)\\]]?[\\s:.,—-]*`), ' ').trim();
}

/** Says that the work is done, and not that it will be. */
function isClosing(text: string): boolean {
  const own = text
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n');
  const done = 'закры(?:т[аоы]?|ваем)|восстановлен[аоы]|устран(?:ён|ен[аоы])|заверш(?:ён|ен[аоы])';
  return new RegExp(`(?<!будет |будут )(?:${done})(?![а-яё])`, 'i').test(own);
}

function quoted(text: string): string {
  const lines = text.trim().split(/\r?\n/).slice(0, 8);
  return lines.map((line) => `> ${line}`).join('\n');
}

function isInHouse(address: string, desk: Mailbox): boolean {
  const domainOf = (one: string) => one.slice(one.indexOf('@') + 1).toLowerCase();
  return domainOf(address) === domainOf(desk.address);
}

function createPhrases(random: Random) {
  return {
    thanks: createDeck(random, [
      'Спасибо, подтверждаем: станция в эфире.',
      'Благодарим, заработало.',
      'Всё хорошо, спасибо за оперативность!',
      'Подтверждаю, питание есть.',
    ]),
    notYet: createDeck(random, [
      'У нас по-прежнему не включилось, проверьте, пожалуйста.',
      'Не подтверждаем: контроллер показывает ноль по всем фазам.',
      'Рано закрывать, станция на батареях.',
    ]),
    again: createDeck(random, [
      'Снова пропало, минут десять назад. Верните заявку в работу.',
      'Питание продержалось недолго, опять авария.',
    ]),
    deadline: createDeck(random, [
      'Сообщите, пожалуйста, ожидаемый срок восстановления.',
      'Когда ждать бригаду? Батарей осталось часа на полтора.',
      'Есть ли прогноз по времени? С нас требуют отчёт.',
    ]),
    taken: createDeck(random, ['Принято, ждём.', 'Спасибо, держите в курсе.', 'Ок, номер записали.']),
    accepted: createDeck(random, [
      'Заявку приняли, бригада собирается.',
      'Приняли. Свободная машина будет через двадцать минут.',
      'Взяли, старший уже звонит в сети.',
    ]),
  };
}
