import { createWords } from '../../shared/i18n/index.ts';
import type { MessageView } from '../../shared/contract/incidents.ts';
import type { Dossier } from './dossier.ts';
import { createMoments } from './moments.ts';

/** A4, black on white, whatever theme the desk wears; a long letter breaks between lines and keeps its heading. */
const style = `@page{size:A4;margin:16mm 14mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif}}
html{background:#fff;color:#111;font:10pt/1.4 "DejaVu Sans","Segoe UI",Arial,sans-serif}
body{margin:0 auto;max-width:190mm;padding:8mm}
@media print{body{padding:0;max-width:none}}
h1{font-size:15pt;margin:0 0 1mm}h2{font-size:12pt;margin:6mm 0 2mm;border-bottom:1px solid #888;break-after:avoid}
h3{font-size:10pt;margin:4mm 0 1mm;break-after:avoid}
p{margin:0 0 1mm;orphans:3;widows:3}
dl{display:grid;grid-template-columns:40mm 1fr;gap:1mm 4mm;margin:0}dt{color:#444}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:9pt}th,td{border:1px solid #999;padding:1mm 2mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead{display:table-header-group}tr{break-inside:avoid}
.head{break-inside:avoid;break-after:avoid}.meta{color:#444;font-size:9pt;overflow-wrap:anywhere}
.text{white-space:pre-wrap;overflow-wrap:anywhere;margin:1mm 0 2mm}
.hash{font:7.5pt "DejaVu Sans Mono",Consolas,monospace;overflow-wrap:anywhere}
.internal{border:2px solid #111;padding:2mm 3mm}`;

/** One document that needs nothing else: no program, no picture, no address of anybody's server. */
export function dossierHtml(dossier: Dossier): string {
  const { t } = createWords(dossier.language);
  const at = createMoments(dossier.language, dossier.zone);
  const made = t('dossier.made', { at: at(dossier.madeAt), by: dossier.madeBy, zone: dossier.zone });
  const sections = [
    `<header><h1>${safe(dossier.code)} ${safe(dossier.title)}</h1><p class="meta">${safe(made)}</p></header>`,
    list(dossier.facts),
    dossier.description === '' ? '' : `<div class="text">${safe(dossier.description)}</div>`,
    section(t('dossier.clocks'), clocks(dossier, at)),
    dossier.assets.length === 0 ? '' : section(t('dossier.assets'), list(dossier.assets)),
    section(
      t('dossier.letters', { count: dossier.letters.length }),
      dossier.letters.map((letter, index) => letterHtml(letter, index + 1, { t, at })).join(''),
    ),
    dossier.notes === null ? '' : notes(dossier, at),
    section(t('dossier.history'), history(dossier, at)),
  ];
  return `<!doctype html><html lang="${dossier.language}"><head><meta charset="utf-8"><title>${safe(dossier.code)}</title><style>${style}</style></head><body>${sections.join('')}</body></html>`;
}

type Words = { readonly t: ReturnType<typeof createWords>['t']; readonly at: (at: number) => string };

function clocks({ clocks: rows, language }: Dossier, at: (at: number) => string): string {
  const { t } = createWords(language);
  const moment = (value: number | null) => (value === null ? '' : at(value));
  return table(
    [t('dossier.clock'), t('dossier.started'), t('dossier.due'), t('dossier.ended'), t('dossier.verdict')],
    rows.map((clock) => [
      clock.name,
      at(clock.startedAt),
      moment(clock.dueAt),
      moment(clock.endedAt),
      clock.verdict,
    ]),
  );
}

function letterHtml(letter: MessageView, number: number, { t, at }: Words): string {
  const who = addressText([letter.from]);
  const way = t(letter.direction === 'in' ? 'dossier.in' : 'dossier.out');
  const rest = [
    letter.to.length > 0 ? `${t('dossier.to')}: ${addressText(letter.to)}` : '',
    letter.cc.length > 0 ? `${t('dossier.cc')}: ${addressText(letter.cc)}` : '',
    letter.chat ? `${t('dossier.chat')}: ${letter.chat.title}` : '',
    letter.automatic === null ? '' : t('dossier.automatic'),
  ].filter((line) => line !== '');
  const files = table(
    [t('dossier.file'), t('dossier.bytes'), 'SHA-256'],
    letter.attachments.map(({ fileName, size, sha256 }) => [fileName, String(size), sha256]),
  );
  return `<article><div class="head"><h3>${number}. ${safe(letter.subject || who)}</h3>
<p class="meta">${safe(`${way} · ${at(letter.sentAt)} · ${who}`)}</p>${rest.map((line) => `<p class="meta">${safe(line)}</p>`).join('')}</div>
<div class="text">${safe(letter.text)}</div>${letter.attachments.length > 0 ? files : ''}</article>`;
}

function notes({ notes: rows, language }: Dossier, at: (at: number) => string): string {
  const { t } = createWords(language);
  const items = (rows ?? []).map(
    ({ at: moment, author, text }) =>
      `<p class="meta">${safe(`${at(moment)} · ${author}`)}</p><div class="text">${safe(text)}</div>`,
  );
  return section(t('dossier.notes'), `<div class="internal">${items.join('')}</div>`);
}

function history(dossier: Dossier, at: (at: number) => string): string {
  const { t } = createWords(dossier.language);
  const rows = dossier.history.map(
    (row) =>
      `<tr><td>${row.sequence}</td><td>${safe(at(row.at))}</td><td>${safe(row.text)} · ${safe(row.actor)}<div class="hash">${row.hash}</div></td></tr>`,
  );
  return `<table><thead><tr><th>№</th><th>${safe(t('dossier.moment'))}</th><th>${safe(t('dossier.event'))}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function section(title: string, body: string): string {
  return `<section><h2>${safe(title)}</h2>${body}</section>`;
}

function list(facts: Dossier['facts']): string {
  return `<dl>${facts.map(({ label, value }) => `<dt>${safe(label)}</dt><dd>${safe(value)}</dd>`).join('')}</dl>`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) => row.map((cell) => `<td>${safe(cell)}</td>`).join('');
  return `<table><thead><tr>${heads.map((head) => `<th>${safe(head)}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</tbody></table>`;
}

export function addressText(
  addresses: readonly { readonly name: string; readonly address: string }[],
): string {
  return addresses
    .map(({ name, address }) => (name && address ? `${name} <${address}>` : name || address))
    .join(', ');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Titles, names and letters are other people's words; what turns a line of text round has no place on paper. */
function safe(text: string): string {
  return text
    .replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
