import { beforeEach, expect, test } from 'vitest';
import { createLinkKit, type LinkKit } from '../../../test/support/link-kit.ts';
import { bindAsset } from '../incidents/bind-assets.ts';
import { addLink, setUnlike } from './link-incidents.ts';
import { similarIncidents } from './similar.ts';

let kit: LinkKit;
beforeEach(() => {
  kit = createLinkKit();
});

const day = 86_400_000;
const open = (subject: string, address = 'noc@t2.example', sentAt = kit.clock.now()) =>
  kit.letter({ subject, from: { name: '', address }, sentAt }).incidentId;
const bind = (incidentId: number, assetId: number) => bindAsset(kit.desk, { incidentId, assetId }, kit.actor);
const hints = (id: number) =>
  similarIncidents(kit.links, id).map(({ id: other, reasons }) => [other, reasons.map(({ kind }) => kind)]);

test('each hint says why: the same asset, the same pole, the same applicant, the same words, close in time', () => {
  const pole = kit.asset({ code: '41208-P-52-1-1' });
  const stations = ['KA000412', 'KA000413'].map((code) =>
    kit.asset({ kind: 'station', code, poleId: pole }),
  ) as [number, number];
  const here = open('Отсутствует питание базовой станции');
  const same = open('Нет связи', 'bss@other.example');
  const family = open('Снова отсутствует питание базовой станции', 'NOC@t2.example', kit.clock.now() - day);
  bind(here, stations[0]);
  bind(same, stations[0]);
  bind(family, stations[1]);

  const found = new Map(hints(here) as [number, string[]][]);

  expect(found.get(same)).toEqual(['asset', 'near']);
  expect(found.get(family)).toEqual(['pole', 'applicant', 'title']);
});

test('the same words of another place, long ago, are nothing', () => {
  const [one, two] = [kit.asset({ code: '41208-P-52-1-1' }), kit.asset({ code: '58346-11-50-4-2' })];
  const here = open('Отсутствует питание');
  const elsewhere = open('Отсутствует питание', 'noc@t2.example', kit.clock.now() - day);
  const old = open('Отсутствует питание', 'noc@t2.example', kit.clock.now() - 30 * day);
  bind(here, one);
  bind(elsewhere, two);
  bind(old, one);

  expect(hints(here)).toEqual([]);
});

test('open ones come first, five at most, each with its percent', () => {
  const asset = kit.asset({ code: '41208-P-52-1-1' });
  const [here = 0, ...others] = Array.from({ length: 8 }, (_, at) =>
    open(`Авария питания ${'абвгдежз'[at]}`),
  );
  for (const id of [here, ...others]) bind(id, asset);
  const closed = others[0]!;
  kit.db.transact((revision) => {
    const row = kit.desk.incidents.require(closed);
    kit.desk.incidents.save({ ...row, finishedAt: kit.clock.now(), revision });
    return undefined;
  });

  const found = similarIncidents(kit.links, here);

  expect(found).toHaveLength(5);
  expect(found.map(({ id }) => id)).not.toContain(closed);
  expect(found.every(({ percent }) => percent >= 35 && percent <= 99)).toBe(true);
});

test('what is linked, or was said to be unlike from either side, is not offered', () => {
  const asset = kit.asset({ code: '41208-P-52-1-1' });
  const [here, linked, unlike] = [open('Авария'), open('Авария один'), open('Авария два')];
  for (const id of [here, linked, unlike]) bind(id, asset);
  expect(hints(here)).toHaveLength(2);

  addLink(kit.links, { incidentId: here, otherId: linked, role: 'related' }, kit.actor);
  setUnlike(kit.links, unlike, here);

  expect(hints(here)).toEqual([]);
});

test('a title of quotes and stars asks for nothing', () => {
  const here = open('"" * NEAR( AND ^');
  open('другое');
  expect(() => hints(here)).not.toThrow();
});
