import type { MessageView } from '../../shared/contract/incidents.ts';
import { readClock } from '../../shared/domain/clock-state.ts';
import { createWords } from '../../shared/i18n/index.ts';
import type { ClockRuleStore } from '../db/clock-rule-store.ts';
import type { ClockStore } from '../db/clock-store.ts';
import type { IncidentAssetStore } from '../db/incident-asset-store.ts';
import type { IncidentStore } from '../db/incident-store.ts';
import type { JournalRow } from '../db/journal-store.ts';
import type { MessageViewStore } from '../db/message-view-store.ts';
import type { NoteStore } from '../db/note-store.ts';
import type { PersonStore } from '../db/person-store.ts';
import type { ReferenceStore } from '../db/reference-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../platform/clock.ts';

export type DossierParts = {
  readonly clock: Clock;
  readonly incidents: IncidentStore;
  readonly clocks: ClockStore;
  readonly clockRules: ClockRuleStore;
  readonly incidentAssets: IncidentAssetStore;
  readonly notes: NoteStore;
  readonly people: PersonStore;
  readonly reference: ReferenceStore;
  readonly views: MessageViewStore;
  readonly journal: Journal;
  readonly zone: () => string;
};

export type DossierOrder = {
  readonly incidentId: number;
  readonly notes: boolean;
  readonly language: 'ru' | 'en';
  /** The history in words, by number of the entry. */
  readonly lines: readonly { readonly sequence: number; readonly text: string }[];
  readonly actor: number;
};

type Fact = { readonly label: string; readonly value: string };

/** One incident as a person reads it; every text is plain, and whoever writes it out escapes it. */
export type Dossier = {
  readonly language: 'ru' | 'en';
  readonly code: string;
  readonly title: string;
  readonly madeAt: number;
  readonly madeBy: string;
  readonly facts: readonly Fact[];
  readonly description: string;
  readonly clocks: readonly {
    readonly name: string;
    readonly verdict: string;
    readonly startedAt: number;
    readonly dueAt: number | null;
    readonly endedAt: number | null;
  }[];
  readonly assets: readonly Fact[];
  readonly letters: readonly MessageView[];
  /** null: they were not asked for. */
  readonly notes: readonly { readonly at: number; readonly author: string; readonly text: string }[] | null;
  readonly history: readonly {
    readonly sequence: number;
    readonly at: number;
    readonly actor: string;
    readonly text: string;
    readonly hash: string;
  }[];
  readonly journal: readonly JournalRow[];
  readonly zone: string;
};

const everything = 1_000_000;

/** Reads all of one incident. Throws `not-found`. */
export function readDossier(parts: DossierParts, order: DossierOrder): Dossier {
  const incident = parts.incidents.require(order.incidentId);
  const { t } = createWords(order.language);
  const nameOf = (item: { readonly name: string; readonly nameEn: string } | undefined) =>
    item === undefined ? '' : order.language === 'ru' ? item.name : item.nameEn;
  const person = (id: number | null) =>
    id === null ? t('journal.system') : (parts.people.find(id)?.name ?? String(id));
  const journal = parts.journal.ofSubject('incident', incident.id);
  const words = new Map(order.lines.map(({ sequence, text }) => [sequence, text]));
  const type = parts.reference.types().find(({ id }) => id === incident.typeId);
  const categoryIds = new Set(parts.incidents.categories(incident.id));
  const categories = parts.reference.categories().filter(({ id }) => categoryIds.has(id));
  const applicant = [incident.applicantName, incident.applicantAddress, incident.applicantPhone];
  const now = parts.clock.now();
  const day = new Intl.DateTimeFormat(order.language, { dateStyle: 'short', timeZone: parts.zone() });
  const wordsOf = ({ text, textExpiredAt }: { text: string; textExpiredAt?: number | null | undefined }) =>
    textExpiredAt ? t('keeping.retention.textGone', { day: day.format(textExpiredAt) }) : text;
  return {
    language: order.language,
    code: incident.code,
    title: incident.title,
    madeAt: now,
    madeBy: person(order.actor),
    facts: [
      { label: t('dossier.status'), value: nameOf(parts.reference.status(incident.statusId)) },
      { label: t('dossier.type'), value: nameOf(type) || t('common.none') },
      { label: t('dossier.categories'), value: categories.map(nameOf).join(', ') || t('common.none') },
      {
        label: t('dossier.assignee'),
        value: incident.assigneeId === null ? t('common.none') : person(incident.assigneeId),
      },
      { label: t('dossier.applicant'), value: applicant.filter(Boolean).join(' · ') || t('common.none') },
      { label: t('dossier.asset'), value: incident.asset || t('common.none') },
    ],
    description: incident.description,
    clocks: parts.clocks.all(incident.id).map((clock) => ({
      name: nameOf(parts.clockRules.find(clock.kind)) || clock.kind,
      verdict: t(`queue.clock.${readClock(clock, now).state}`),
      startedAt: clock.startedAt,
      dueAt: clock.dueAt,
      endedAt: clock.endedAt,
    })),
    assets: parts.incidentAssets
      .view(incident.id)
      .filter(({ state }) => state === 'bound')
      .map(({ code, name, address, region, operators, contractor }) => ({
        label: code,
        value: [name, region, address, operators.join(', '), contractor].filter(Boolean).join(' · '),
      })),
    letters: parts.views
      .timeline(incident.id, null, everything)
      .map((letter) => ({ ...letter, text: wordsOf(letter) })),
    notes: order.notes
      ? parts.notes
          .ofIncident(incident.id)
          .map((note) => ({ at: note.createdAt, author: person(note.authorId), text: wordsOf(note) }))
      : null,
    history: journal.map(({ sequence, at, actorId, kind, hash }) => ({
      sequence,
      at,
      actor: person(actorId),
      text: words.get(sequence) ?? kind,
      hash,
    })),
    journal,
    zone: parts.zone(),
  };
}
