import type { CallLine, CallView, ContractorRequestView } from '../../shared/contract/calls.ts';
import { isCallOpen } from '../../shared/domain/calls.ts';
import type { StoredFile } from '../../shared/contract/common.ts';
import type { AnswerVerb } from '../../shared/domain/reaching.ts';
import type { CallSearch } from '../db/call-view-store.ts';
import { AppError } from '../../shared/errors.ts';
import type { CallParts } from './call-parts.ts';
import type { CallSettingsDesk } from './call-settings.ts';
import { markContractor } from './contractor-answers.ts';
import { remindContractor } from './contractor-requests.ts';
import { createCall, type CreateCall } from './create-call.ts';
import { callSeen, cancelCall, markCall, passCallOn, sayInCall } from './handle-call.ts';

type At = { readonly id: number; readonly expected: number };

/** What the page asks of calls. */
export type CallDesk = {
  board(): CallLine[];
  list(search: CallSearch): CallLine[];
  get(id: number): CallView;
  create(input: CreateCall, actor: number): { readonly id: number; readonly number: number };
  mark(input: At & { readonly verb: AnswerVerb; readonly reason: string }, actor: number): number | null;
  passOn(input: At & { readonly contactId: number | null; readonly reason: string }, actor: number): void;
  cancel(input: At & { readonly reason: string }, actor: number): void;
  say(
    input: { readonly id: number; readonly text: string; readonly files: readonly StoredFile[] },
    actor: number,
  ): number;
  seen(id: number, actor: number): void;
  readonly settings: CallSettingsDesk;
  contractors(incidentId: number): ContractorRequestView[];
  markContractor(input: At & { readonly verb: AnswerVerb }, actor: number): number;
  remindContractor(input: At, actor: number): void;
};

const dayMs = 86_400_000;

export function createCallDesk(parts: CallParts): CallDesk {
  return {
    board: () => parts.callViews.board(parts.clock.now() - dayMs),
    list: parts.callViews.list,
    get: (id) => viewOf(parts, id),
    create: (input, actor) => createCall(parts, input, actor),
    mark: (input, actor) => markCall(parts, input, actor),
    passOn: (input, actor) => passCallOn(parts, input, actor),
    cancel: (input, actor) => cancelCall(parts, input, actor),
    say: (input, actor) => sayInCall(parts, input, actor),
    seen: (id, actor) => callSeen(parts, id, actor),
    settings: parts.callSettings,
    contractors: (incidentId) =>
      parts.contractors
        .ofIncident(incidentId)
        .map(({ addresses: _to, workKind: _work, raised: _raised, ...request }) => ({
          ...request,
          phone: request.contactId === null ? '' : (parts.contacts.find(request.contactId)?.phone ?? ''),
          remindable: request.contactId !== null && parts.contractors.hasOtherWays(request.contactId),
        })),
    markContractor: (input, actor) => markContractor(parts, input, actor),
    remindContractor: (input, actor) => remindContractor(parts, input, actor),
  };
}

function viewOf(parts: CallParts, id: number): CallView {
  const line = parts.callViews.find(id);
  if (!line) throw new AppError('not-found', { details: { reason: 'call', id } });
  const call = parts.calls.require(id);
  const { latitude, longitude, locatedAt } = call;
  return {
    ...line,
    skillId: call.skillId,
    regionId: call.regionId,
    workKind: call.workKind,
    result: call.result,
    location:
      latitude === null || longitude === null || locatedAt === null
        ? null
        : { latitude, longitude, at: locatedAt },
    files: parts.calls.files(id),
    turns: parts.callViews.turns(id),
    clocks: parts.turns.clocks(id),
    words: parts.callViews.words(id),
    seenAnswerId: call.seenAnswerId,
    speaksBy:
      call.contactId !== null && isCallOpen(call.state)
        ? (parts.callViews.lastChannel(id, call.contactId) ?? null)
        : null,
  };
}
