import type { Db } from '../db/open.ts';
import type { TechnicianStore } from '../db/technician-store.ts';

const skills = [
  { key: 'power', name: 'Электрика', nameEn: 'Power' },
  { key: 'generator', name: 'ДГУ и АКБ', nameEn: 'Generators and batteries' },
  { key: 'climate', name: 'Кондиционеры', nameEn: 'Air conditioning' },
  { key: 'height', name: 'Высотные работы', nameEn: 'Work at height' },
  { key: 'radio', name: 'БС и РРЛ', nameEn: 'Base stations and microwave' },
  { key: 'fibre', name: 'ВОЛС', nameEn: 'Optical fibre' },
  { key: 'construction', name: 'АМС и ограждения', nameEn: 'Masts and fences' },
  { key: 'security', name: 'Охрана и СКУД', nameEn: 'Security and access' },
] as const;

/** What technicians of a new desk may be able to do; a list that anybody has touched is theirs. */
export function seedSkills({
  db,
  technicians,
}: {
  readonly db: Db;
  readonly technicians: TechnicianStore;
}): void {
  if (technicians.skills().length > 0) return;
  db.transact((revision) => {
    skills.forEach((skill, position) =>
      technicians.insertSkill({ ...skill, active: true, position }, revision),
    );
    db.touch('technician');
  });
}
