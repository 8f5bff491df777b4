import { bounceHead, bounceReport } from './bounce.ts';
import { contractorOf, contractors, formerEmployee, operators, vacationer, type Persona } from './cast.ts';
import { filePart, multipart, textPart, type LetterHead, type Part } from './mime.ts';
import { mastPhoto, picturePdf, reflectogram, scannedPage } from './pictures.ts';
import type { Place } from './places.ts';
import { between, makeMessageId, pick } from './seeded-random.ts';
import { headFrom, powerType, quarterAfter, type Letter, type Story, type Teller } from './story.ts';

/**
 * A colleague answered from his own mail program, with a copy to the desk, to several people: the contractor answers
 * without a code and with files, one is on leave, one address is dead.
 */
export function answeredElsewhere(teller: Teller): Story {
  const { random } = teller;
  const place = teller.nextPlace();
  const station = place.stations['region-number'];
  const contractor = contractorOf(place.region.code);
  const subject = `Авария по питанию ${station} ${place.pole}`;
  const opening: Letter = {
    shape: 'structured-form',
    delayMinutes: 0,
    opens: true,
    type: powerType(place),
    head: headFrom(teller, operators.orbita, subject),
    part: textPart(
      `Станция ${station}, ${place.address}: питание пропало, батарей на два часа.\n${operators.orbita.signature}`,
    ),
  };
  const request = requestByColleague(teller, opening.head, contractor, place);
  const text = `Выехали, будем к ${quarterAfter(teller.at, between(random, 60, 150))}. Фото и акт приложил.\n${contractor.signature}`;
  return [
    opening,
    request,
    vacationReply(teller, request.head),
    bounceOf(teller, request.head),
    {
      shape: 'contractor-without-code',
      delayMinutes: 24,
      opens: false,
      type: undefined,
      head: { ...headFrom(teller, contractor, 'Re: выезд'), ...inReplyTo(request.head) },
      part: fieldReport(teller, text),
    },
  ];
}

function requestByColleague(
  { random, desk }: Teller,
  about: LetterHead,
  contractor: Persona,
  place: Place,
): Letter {
  return {
    shape: 'self-sent-copy',
    delayMinutes: 6,
    opens: false,
    type: undefined,
    alsoInSent: true,
    head: {
      from: desk,
      to: [contractor, vacationer, formerEmployee].map(({ name, address }) => ({ name, address })),
      cc: [desk],
      subject: `Re: ${about.subject}`,
      messageId: makeMessageId(random, 'towers.example'),
      ...inReplyTo(about),
    },
    part: textPart(
      `Прошу выехать на ${place.pole}, ${place.address}. Срок — два часа.\n\n--\nДиспетчер (с личного ноутбука)\n`,
    ),
  };
}

function vacationReply(teller: Teller, to: LetterHead): Letter {
  return {
    shape: 'vacation-reply',
    delayMinutes: 7,
    opens: false,
    type: undefined,
    head: {
      ...headFrom(teller, vacationer, `Автоответ: ${to.subject}`),
      ...inReplyTo(to),
      extra: vacationHeaders,
    },
    part: textPart(vacationText),
  };
}

function bounceOf({ random, desk }: Teller, returned: LetterHead): Letter {
  return {
    shape: 'bounce',
    delayMinutes: 8,
    opens: false,
    type: undefined,
    head: bounceHead(random, desk, returned.subject),
    part: bounceReport({
      recipient: formerEmployee.address,
      messageId: returned.messageId,
      subject: returned.subject,
    }),
  };
}

function inReplyTo({ messageId, references = [] }: LetterHead): Pick<LetterHead, 'inReplyTo' | 'references'> {
  return { inReplyTo: messageId, references: [...references, messageId] };
}

/** No headers of a reply and a subject of his own: only the code is left to go by. */
export function changedSubject(teller: Teller): Story {
  const contractor = pick(teller.random, contractors);
  return [
    {
      shape: 'changed-subject',
      delayMinutes: 0,
      opens: false,
      type: undefined,
      head: headFrom(teller, contractor, 'По заявке {code}'),
      part: textPart(
        `${teller.deal('changed-subject', [
          'Работы закончили, напряжение 231/229/232, автомат держит.',
          'Нужен ещё час: ждём автовышку.',
          'Сети включат не раньше вечера, подвозим генератор.',
        ])}\n${contractor.signature}`,
      ),
    },
  ];
}

/** It came back, thanks; and then it went out again: the first late letter and the second. */
export function thanksAndAgain(teller: Teller): Story {
  const place = teller.nextPlace();
  const station = place.stations.number;
  const persona = operators.pyataya;
  const subject = `Нет питания ${station} (${place.pole})`;
  const opening: Letter = {
    shape: 'external-request',
    delayMinutes: 0,
    opens: true,
    type: powerType(place),
    head: headFrom(teller, persona, subject),
    part: textPart(`Добрый день!\nСтанция ${station} обесточена, ${place.address}.\n${persona.signature}`),
  };
  const later = (
    shape: 'thanks-after-closing' | 'second-late-letter',
    delayMinutes: number,
    text: string,
  ): Letter => ({
    shape,
    delayMinutes,
    opens: false,
    type: undefined,
    head: { ...headFrom(teller, persona, `Re: ${subject}`), ...inReplyTo(opening.head) },
    part: textPart(`${text}\n${persona.signature}`),
  });
  return [
    opening,
    later('thanks-after-closing', 80, 'Станция в эфире, спасибо! Можно закрывать.'),
    later('second-late-letter', 130, 'К сожалению, снова пропало питание, просим вернуть заявку в работу.'),
  ];
}

/** What a brigade sends from the field: a photo and an act shown inline, and the trace of a reflectometer. */
export function fieldReport({ random }: Pick<Teller, 'random'>, text: string): Part {
  const act = picturePdf(scannedPage(random), 848, 1200);
  return multipart('mixed', [
    textPart(text),
    filePart({ name: 'IMG_0001.jpg', type: 'image/jpeg', bytes: mastPhoto(random), inline: true }),
    filePart({ name: 'акт.pdf', type: 'application/pdf', bytes: act, inline: true }),
    filePart({ name: 'трасса.sor', type: 'application/octet-stream', bytes: reflectogram(random) }),
  ]);
}

export const vacationHeaders = [
  ['Auto-Submitted', 'auto-replied'],
  ['X-Auto-Response-Suppress', 'All'],
  ['Precedence', 'bulk'],
] as const;

export const vacationText =
  'Здравствуйте!\n\nЯ в отпуске до конца месяца и почту не читаю. По срочным вопросам пишите Тамаре Гусевой.\n\nОльга Лапина\n';
