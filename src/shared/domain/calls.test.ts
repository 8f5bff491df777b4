import { describe, expect, test } from 'vitest';
import { callClockOf, callMove, callStates, contractorMove, contractorStates } from './calls.ts';
import { answerVerbs } from './reaching.ts';

describe('a call', () => {
  test('only goes forward by what a technician says, and is over where it is over', () => {
    expect(callMove('pending', 'accepted')).toEqual({ to: 'accepted' });
    expect(callMove('pending', 'done')).toEqual({ to: 'completed' });
    expect(callMove('accepted', 'in-progress')).toEqual({ to: 'in-progress' });
    expect(callMove('in-progress', 'accepted')).toEqual({ to: 'same' });
    expect(callMove('completed', 'done')).toEqual({ to: 'same' });
    for (const verb of answerVerbs) {
      expect(callMove('cancelled', verb)).toEqual({ to: 'over' });
      expect(callMove('declined', verb)).toEqual({ to: 'over' });
    }
  });

  test('goes to the next from wherever its technician gives it up, but not when it is done', () => {
    for (const state of ['pending', 'accepted', 'on-the-way', 'in-progress'] as const) {
      expect(callMove(state, 'cannot')).toEqual({ to: 'next' });
    }
    expect(callMove('completed', 'cannot')).toEqual({ to: 'over' });
  });

  test('has one clock at a time, and none when it has ended', () => {
    expect(callStates.map(callClockOf)).toEqual(['accept', 'arrive', 'arrive', 'complete', null, null, null]);
  });
});

describe('a hand-over', () => {
  test('may be taken after all by whoever refused, and is never taken back by a word', () => {
    expect(contractorMove('declined', 'accepted')).toBe('accepted');
    expect(contractorMove('declined', 'cannot')).toBeUndefined();
    expect(contractorMove('on-the-way', 'accepted')).toBeUndefined();
    expect(contractorMove('in-progress', 'cannot')).toBe('declined');
  });

  test('that is done or called off hears nothing more', () => {
    for (const state of contractorStates.filter((one) => one === 'done' || one === 'withdrawn')) {
      for (const verb of answerVerbs) expect(contractorMove(state, verb)).toBeUndefined();
    }
  });
});
