import { makeLetter } from '../../test/support/make-letter.ts';
import { between, createSeededRandom, pick } from '../../src/core/training/seeded-random.ts';
import { createWriter } from './words.ts';

export const deskAddress = 'desk@towers.example';

/** One letter in this many opens an incident, the others belong to one: as in the database of 1,000,000 letters. */
export const lettersPerIncident = 10;

const kinds = ['Нет ВЭС', 'Авария', 'Перегрев', 'Доступ на объект', 'Плановые работы', 'Протечка'] as const;
const domains = ['noc.operator.example', 'crew.contractor.example', 'energy.example'] as const;

/**
 * A mailbox as a desk has it: 70 % with HTML beside the text, base64 and quoted-printable, about 4.8 kB each, in
 * threads. The same seed gives the same letters.
 */
export function makeMailbox(count: number, seed = 1): Buffer[] {
  const random = createSeededRandom(seed);
  const writer = createWriter(random);
  const thread: { subject: string; ids: string[]; from: number }[] = [];
  const begun = Math.ceil(count / lettersPerIncident);
  return Array.from({ length: count }, (_, index) => {
    const isNew = thread.length < begun && index % lettersPerIncident === 0;
    const asset = `KA${String(between(random, 1, 9999)).padStart(4, '0')}`;
    if (isNew) {
      const subject = `${pick(random, kinds)} ${asset}: ${writer.words(3)} ${index}`;
      thread.push({ subject, ids: [], from: between(random, 1, 400) });
    }
    const chosen = isNew ? thread.length - 1 : Math.floor(random.number() * thread.length);
    const { subject, ids, from } = thread[chosen] ?? { subject: '', ids: [], from: 1 };
    const messageId = `bench-${seed}-${index}@${pick(random, domains)}`;
    const text = `${writer.text(between(random, 40, 160))}\n\nОбъект ${asset}, тел. +7 900 ${between(random, 100, 999)}-11-22`;
    const letter = makeLetter({
      from: { name: `Дежурный ${from}`, address: `duty${from}@${domains[from % domains.length]}` },
      to: { name: 'Диспетчерская', address: deskAddress },
      subject: ids.length === 0 ? subject : `Re: ${subject}`,
      date: Date.UTC(2026, 0, 5) + index * 60_000,
      messageId,
      ...(ids.length === 0 ? {} : { inReplyTo: ids.at(-1) ?? '', references: ids.slice(-5) }),
      text,
      ...(random.number() < 0.7 ? { html: `<html><body><p>${text}</p></body></html>` } : {}),
      encoding: random.number() < 0.5 ? 'base64' : 'quoted-printable',
    });
    ids.push(messageId);
    return letter;
  });
}
