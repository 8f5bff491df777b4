import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { MessageView } from '../../shared/contract/incidents.ts';
import { createWords } from '../../shared/i18n/index.ts';
import { addressText } from './dossier-html.ts';
import type { Dossier } from './dossier.ts';
import { createMoments } from './moments.ts';

/** What the worker lays out: plain data, so that it can cross to a thread of its own. */
export type PdfPlan = Omit<TDocumentDefinitions, 'footer' | 'header'>;

/** The same as the printed document, for the program that makes a PDF without a browser. */
export function dossierPdf(dossier: Dossier): PdfPlan {
  const { t } = createWords(dossier.language);
  const at = createMoments(dossier.language, dossier.zone);
  const moment = (value: number | null) => (value === null ? '' : at(value));
  const content: Content[] = [
    { text: plain(`${dossier.code} ${dossier.title}`), style: 'title' },
    {
      text: plain(t('dossier.made', { at: at(dossier.madeAt), by: dossier.madeBy, zone: dossier.zone })),
      style: 'meta',
    },
    facts(dossier.facts),
    ...(dossier.description === ''
      ? []
      : [{ text: plain(dossier.description), margin: [0, 4, 0, 4] as Margin }]),
    heading(t('dossier.clocks')),
    grid(
      [t('dossier.clock'), t('dossier.started'), t('dossier.due'), t('dossier.ended'), t('dossier.verdict')],
      dossier.clocks.map((clock) => [
        clock.name,
        at(clock.startedAt),
        moment(clock.dueAt),
        moment(clock.endedAt),
        clock.verdict,
      ]),
      ['*', 'auto', 'auto', 'auto', 'auto'],
    ),
    ...(dossier.assets.length === 0 ? [] : [heading(t('dossier.assets')), facts(dossier.assets)]),
    heading(t('dossier.letters', { count: dossier.letters.length })),
    ...dossier.letters.flatMap((letter, index) => letterContent(letter, index + 1, t, at)),
    ...(dossier.notes === null
      ? []
      : [
          heading(t('dossier.notes')),
          ...dossier.notes.flatMap(({ at: written, author, text }): Content[] => [
            { text: plain(`${at(written)} · ${author}`), style: 'meta' },
            { text: plain(text), margin: [0, 0, 0, 4] },
          ]),
        ]),
    heading(t('dossier.history')),
    grid(
      ['№', t('dossier.moment'), t('dossier.event')],
      dossier.history.map((row) => [
        String(row.sequence),
        at(row.at),
        `${row.text} · ${row.actor}\n${row.hash}`,
      ]),
      ['auto', 'auto', '*'],
    ),
  ];
  return {
    content,
    info: { title: `${dossier.code} ${plain(dossier.title)}` },
    pageSize: 'A4',
    pageMargins: [40, 44, 40, 48],
    defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.15 },
    styles: {
      title: { fontSize: 15, bold: true, margin: [0, 0, 0, 2] },
      heading: { fontSize: 12, bold: true, margin: [0, 12, 0, 4] },
      letter: { bold: true, margin: [0, 8, 0, 1] },
      meta: { fontSize: 8.5, color: '#444444', margin: [0, 0, 0, 1] },
      head: { bold: true },
    },
  };
}

type Margin = [number, number, number, number];

function letterContent(
  letter: MessageView,
  number: number,
  t: ReturnType<typeof createWords>['t'],
  at: (at: number) => string,
): Content[] {
  const who = addressText([letter.from]);
  const way = t(letter.direction === 'in' ? 'dossier.in' : 'dossier.out');
  const lines = [
    `${way} · ${at(letter.sentAt)} · ${who}`,
    letter.to.length > 0 ? `${t('dossier.to')}: ${addressText(letter.to)}` : '',
    letter.cc.length > 0 ? `${t('dossier.cc')}: ${addressText(letter.cc)}` : '',
    letter.chat ? `${t('dossier.chat')}: ${letter.chat.title}` : '',
    letter.automatic === null ? '' : t('dossier.automatic'),
  ].filter((line) => line !== '');
  return [
    { text: plain(`${number}. ${letter.subject || who}`), style: 'letter', headlineLevel: 1 },
    ...lines.map((line): Content => ({ text: plain(line), style: 'meta' })),
    { text: plain(letter.text), margin: [0, 2, 0, 4], preserveLeadingSpaces: true },
    ...(letter.attachments.length === 0
      ? []
      : [
          grid(
            [t('dossier.file'), t('dossier.bytes'), 'SHA-256'],
            letter.attachments.map(({ fileName, size, sha256 }) => [fileName, String(size), sha256]),
            ['*', 'auto', 200],
          ),
        ]),
  ];
}

function heading(text: string): Content {
  return { text: plain(text), style: 'heading', headlineLevel: 1 };
}

function facts(rows: Dossier['facts']): Content {
  return {
    layout: 'noBorders',
    table: { widths: [110, '*'], body: rows.map(({ label, value }) => [plain(label), plain(value)]) },
  };
}

function grid(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  widths: (string | number)[],
): Content {
  const head = heads.map((text) => ({ text: plain(text), style: 'head' }));
  return {
    fontSize: 8.5,
    table: { headerRows: 1, widths, body: [head, ...rows.map((row) => row.map(plain))] },
  };
}

/** A word longer than this is no word: without a place to break it would run off the paper. */
const longestWord = 60;

function plain(text: string): string {
  return text
    .replaceAll(/[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replaceAll(new RegExp(`\\S{${longestWord}}(?=\\S)`, 'gu'), '$&\u200b');
}
