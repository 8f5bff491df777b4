import { expect, test } from 'vitest';

import { readLetters, readRegistry } from '../../../../test/fixtures/finding/corpus.ts';

const registry = readRegistry();
const tuning = readLetters('tuning');
const heldOut = readLetters('held-out');
const letters = [...tuning, ...heldOut];
const byRef = new Map(registry.assets.map((asset) => [asset.ref, asset]));
const byId = new Map(registry.assets.map((asset) => [asset.id, asset]));

/** Equal up to blanks, letter case and digits: a letter with other numbers is not another letter. */
function wording(letter: (typeof letters)[number]): string {
  return `${letter.subject}\n${letter.body}`.toLowerCase().replaceAll(/\d/gu, '0').replaceAll(/\s+/gu, ' ');
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

test('the registry of the letters is whole', () => {
  expect(byRef.size).toBe(registry.assets.length);
  expect(byId.size).toBe(registry.assets.length);
  expect(registry.assets.filter((asset) => asset.kind === 'pole').length).toBeGreaterThanOrEqual(400);
  expect(registry.assets.filter((asset) => asset.kind === 'station').length).toBeGreaterThanOrEqual(600);
  const regions = new Set(registry.regions.map((region) => region.key));
  const groups = new Set(registry.groups.map((group) => group.id));
  const operators = new Set(registry.operators.map((operator) => operator.id));
  expect(registry.operators.filter((operator) => !groups.has(operator.groupId))).toEqual([]);
  for (const asset of registry.assets) {
    expect(regions, asset.ref).toContain(asset.region);
    expect(
      asset.operators.filter((id) => !operators.has(id)),
      asset.ref,
    ).toEqual([]);
    const pole = asset.poleId === null ? null : byId.get(asset.poleId);
    expect(pole?.kind, asset.ref).toBe(asset.kind === 'station' ? 'pole' : undefined);
    expect(asset.ref).toBe(pole ? `${asset.code}@${pole.code}` : asset.code);
  }
});

test('there are letters enough, a third of each part are hard negatives', () => {
  expect(letters.length).toBeGreaterThanOrEqual(320);
  expect(heldOut.length).toBeGreaterThanOrEqual(100);
  for (const part of [tuning, heldOut]) {
    expect(part.filter((letter) => letter.hard).length).toBeGreaterThanOrEqual(part.length / 3);
  }
});

test('every label names living assets, each once', () => {
  expect(repeated(letters.map((letter) => letter.id))).toEqual([]);
  for (const { id, label, why, hard } of letters) {
    const named = [...label.bind, ...label.offer];
    expect(
      named.filter((ref) => byRef.get(ref)?.gone !== false),
      id,
    ).toEqual([]);
    expect(repeated(named), id).toEqual([]);
    expect(why, id).not.toBe('');
    if (hard) expect(label.bind, id).toEqual([]);
  }
});

test('a letter binds at most one pole and one station, and the station stands on that pole', () => {
  for (const { id, label } of letters) {
    const bound = label.bind.map((ref) => byRef.get(ref)!);
    const poles = bound.filter((asset) => asset.kind === 'pole');
    const stations = bound.filter((asset) => asset.kind === 'station');
    expect(poles.length, id).toBeLessThanOrEqual(1);
    expect(stations.length, id).toBeLessThanOrEqual(1);
    if (poles[0] && stations[0]) expect(stations[0].poleId, id).toBe(poles[0].id);
  }
});

test('no letter held out repeats one of the tuning ones', () => {
  const bodies = new Set(tuning.map((letter) => letter.body.trim()).filter((body) => body !== ''));
  expect(heldOut.filter((letter) => bodies.has(letter.body.trim())).map((letter) => letter.id)).toEqual([]);
  const wordings = new Set(tuning.map(wording));
  expect(heldOut.filter((letter) => wordings.has(wording(letter))).map((letter) => letter.id)).toEqual([]);
});

test('nobody real is written to or from', () => {
  for (const { id, from, body } of letters) {
    const hosts = `${from} ${body}`.replaceAll(/\[cid:[^\]]*\]/gu, '').matchAll(/@([a-z\d.-]+)/giu);
    for (const [, host] of hosts) expect(host?.replace(/\.$/u, ''), id).toMatch(/\.example$/u);
  }
});
