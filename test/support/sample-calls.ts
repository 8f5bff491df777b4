import type { CallLine, CallView } from '../../src/shared/contract/calls.ts';
import type { Suggestion, SuggestionReasons } from '../../src/shared/contract/technicians.ts';

/** A call that waits for an answer; only what a test is about is spelled. */
export function makeCall(part: Partial<CallLine> & { readonly id: number }): CallLine {
  return {
    number: part.id,
    incidentId: null,
    incidentCode: null,
    incidentTitle: null,
    assetId: null,
    place: `Площадка ${part.id}`,
    description: 'Нет питания, проверить ввод',
    urgency: 'normal',
    state: 'pending',
    contactId: 7,
    contactName: 'Олег Самойлов',
    turn: 1,
    passesOn: true,
    requestedBy: 1,
    createdAt: 0,
    acceptedAt: null,
    onTheWayAt: null,
    inProgressAt: null,
    endedAt: null,
    silentAt: null,
    clock: null,
    lastAnswer: null,
    unseen: 0,
    sounding: false,
    revision: 1,
    ...part,
  };
}

export function makeCallView(part: Partial<CallView> & { readonly id: number }): CallView {
  return {
    ...makeCall(part),
    skillId: null,
    regionId: null,
    workKind: '',
    result: '',
    location: null,
    files: [],
    turns: [],
    clocks: [],
    words: [],
    seenAnswerId: 0,
    speaksBy: null,
    ...part,
  };
}

/** On call, in the region, able and free. */
export function makeSuggestion(
  part: Partial<Omit<Suggestion, 'reasons'>> & {
    readonly contactId: number;
    readonly reasons?: Partial<SuggestionReasons>;
  },
): Suggestion {
  const { reasons, ...rest } = part;
  return {
    name: `Техник ${part.contactId}`,
    organisation: '',
    phone: '',
    fits: true,
    ...rest,
    reasons: {
      duty: 'on-call',
      onCallUntil: null,
      region: 'own',
      skill: 'has',
      load: 0,
      mostCalls: 2,
      availability: 'available',
      lastAskedAt: null,
      ...reasons,
    },
  };
}
