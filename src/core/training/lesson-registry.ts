import type { Provision } from '../app-types.ts';
import { contractorOf } from './cast.ts';
import { lessonPlaces, type Place, type StationStyle } from './places.ts';

/** Whose stations are numbered so; the names are those of the senders. */
const operators: Readonly<Record<StationStyle, { readonly name: string; readonly domain: string }>> = {
  letters: { name: 'Волна Мобайл', domain: 'volna-mobile.example' },
  'region-number': { name: 'Орбита Связь', domain: 'orbita-svyaz.example' },
  number: { name: 'Пятая Сеть', domain: 'pyataya-set.example' },
  prefixed: { name: 'Северком', domain: 'severkom.example' },
};

type Registry = NonNullable<Provision['registry']>;
type Asset = Registry['assets'][number];

/** What stands in the country of the lesson: every pole a letter may speak of, and the stations on it. */
export const lessonRegistry: Registry = {
  name: 'Учебный реестр',
  assets: lessonPlaces.flatMap((place) => [
    toAsset(place, { kind: 'pole', code: place.pole, pole: '', operators: [] }),
    ...Object.entries(place.stations).map(([style, code]) => {
      const { name } = operators[style as StationStyle];
      const branch = { name: `${name}, ${place.region.macroregion}`, group: name };
      return toAsset(place, { kind: 'station', code, pole: place.pole, operators: [branch] });
    }),
  ]),
  groups: Object.values(operators).map(({ name, domain }) => ({ name, domains: [domain] })),
};

function toAsset(
  { region, address, coordinates }: Place,
  own: Pick<Asset, 'kind' | 'code' | 'pole' | 'operators'>,
): Asset {
  const [latitude, longitude] = coordinates.split(' ').map(Number);
  const contractor = contractorOf(region.code);
  return {
    ...own,
    region: region.letters,
    regionName: region.name,
    macroregion: region.macroregion,
    repairEmail: `rvr-${region.letters.toLowerCase()}@remont.example`,
    address,
    latitude: latitude ?? null,
    longitude: longitude ?? null,
    contractor: own.kind === 'pole' ? contractor.name : '',
    emails: own.kind === 'pole' ? [contractor.address] : [],
  };
}
