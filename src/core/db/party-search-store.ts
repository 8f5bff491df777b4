import type { Party } from '../../shared/domain/reaching.ts';
import { foldText } from '../../shared/domain/search-text.ts';
import type { Db } from './open.ts';

export type FoundParty = Party & { readonly name: string; readonly detail: string };

export type PartySearchStore = {
  /** Whoever is in work and has every word in the name, the firm or an address; the desk's own people first. */
  find(text: string, limit: number): FoundParty[];
};

type Row = FoundParty & { readonly more: string };

export function createPartySearchStore(db: Db): PartySearchStore {
  const further = (column: string) =>
    `coalesce((SELECT group_concat(f.value, ' ') FROM further_address f WHERE f.${column} = p.id), '')`;
  const all = db.prepare<[], Row>(
    `SELECT 'person' AS kind, p.id, p.name, trim(p.phone || ' ' || p.email) AS detail, ${further('person_id')} AS more
     FROM person p WHERE p.active = 1
     UNION ALL
     SELECT 'contact', p.id, p.name, trim(p.organisation || ' ' || p.phone || ' ' || p.email), ${further('contact_id')}
     FROM contact p WHERE p.active = 1
     ORDER BY kind DESC, name, id`,
  );
  return {
    find(text, limit) {
      // Folding is ours and knows Cyrillic, so the rows are read through; a directory has hundreds of them.
      const words = foldText(text).split(' ').filter(Boolean).slice(0, 8);
      const found: FoundParty[] = [];
      for (const { more, ...party } of all.iterate()) {
        const folded = foldText(`${party.name} ${party.detail} ${more}`);
        if (!words.every((word) => folded.includes(word))) continue;
        found.push(party);
        if (found.length >= limit) break;
      }
      return found;
    },
  };
}
