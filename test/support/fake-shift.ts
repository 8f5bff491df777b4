import type { Person } from '../../src/shared/contract/session.ts';
import type { ChannelView, HandoverLine, HandoverView } from '../../src/shared/contract/shift.ts';

export const shiftTime = Date.UTC(2026, 2, 4, 5, 30);

export const makePerson = (id: number, name: string, more: Partial<Person> = {}): Person => ({
  id,
  name,
  role: 'dispatcher',
  email: '',
  phone: '',
  addresses: [],
  active: true,
  hasPin: false,
  onDutySince: null,
  load: 0,
  ...more,
});

export const makeLine = (more: Partial<HandoverLine> = {}): HandoverLine => ({
  id: 3,
  fromPersonId: 2,
  to: { kind: 'next' },
  signedAt: shiftTime,
  acknowledgedAt: null,
  acknowledgedBy: null,
  mine: true,
  items: 2,
  remarks: 0,
  soundingAt: null,
  ...more,
});

export const sampleDocument: HandoverView['document'] = {
  personName: 'Зуев Пётр',
  shiftStartedAt: shiftTime - 12 * 3_600_000,
  drawnAt: shiftTime,
  items: [
    {
      key: 'incident:7',
      kind: 'incident',
      incidentId: 7,
      code: 'PLT-1007',
      title: 'Нет питания на опоре',
      at: shiftTime + 3_600_000,
      facts: { status: 'Новый', statusEn: 'New', lastKind: 'incident.opened', lastAt: shiftTime },
      note: 'ждём звонка',
    },
    {
      key: 'quarantine',
      kind: 'quarantine',
      incidentId: null,
      code: '',
      title: '',
      at: null,
      facts: { count: 2 },
      note: '',
    },
  ],
  leftOut: 0,
  words: 'Ключи у охраны',
  work: 'spread',
};

export const makeHandover = (more: Partial<HandoverView> = {}): HandoverView => ({
  ...makeLine(),
  uuid: '0190-sample',
  document: sampleDocument,
  said: [],
  ...more,
});

export const makeChannel = (more: Partial<ChannelView> = {}): ChannelView => ({
  source: 'mail:1',
  name: 'Диспетчерская',
  kind: 'mail',
  health: { state: 'ok' },
  enabled: true,
  bound: null,
  minMinutes: null,
  lastAt: shiftTime,
  usualPerHour: 6,
  expected: 0.5,
  heardSince: shiftTime,
  incidentId: null,
  why: null,
  ...more,
});
