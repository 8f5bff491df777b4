import { expect, test } from 'vitest';
import { stepEnd, type StepFacts } from './step-end.ts';

const sent: StepFacts = {
  waitFor: 'read',
  state: 'accepted',
  sentAt: 100,
  acceptedAt: 110,
  deliveredAt: null,
  readAt: null,
  acknowledgedAt: null,
  failedAt: null,
  movedAt: null,
  endedAt: null,
};

test('a step that still waits for its receipt says so', () => {
  expect(stepEnd(sent)).toEqual({ end: 'waiting', at: null });
});

test('a step ends when what it waited for came, and a later receipt says the earlier ones too', () => {
  expect(stepEnd({ ...sent, state: 'read', readAt: 150 })).toEqual({ end: 'came', at: 150 });
  expect(stepEnd({ ...sent, waitFor: 'delivered', state: 'acknowledged', acknowledgedAt: 160 })).toEqual({
    end: 'came',
    at: 160,
  });
});

test('the receipt that came after the ladder had moved on is told as too late', () => {
  expect(stepEnd({ ...sent, state: 'read', readAt: 500, movedAt: 400 })).toEqual({
    end: 'too-late',
    at: 500,
  });
});

test('a missing receipt and a missing acknowledgement are two different reasons', () => {
  expect(stepEnd({ ...sent, movedAt: 400 })).toEqual({ end: 'no-receipt', at: 400 });
  expect(stepEnd({ ...sent, waitFor: 'acknowledged', state: 'read', readAt: 130, movedAt: 400 })).toEqual({
    end: 'no-acknowledgement',
    at: 400,
  });
});

test('a failure is told at its own time, an outcome in doubt when the ladder gave it up', () => {
  expect(stepEnd({ ...sent, state: 'failed', acceptedAt: null, failedAt: 120, movedAt: 121 })).toEqual({
    end: 'failed',
    at: 120,
  });
  expect(stepEnd({ ...sent, state: 'unknown', acceptedAt: null, movedAt: 400 })).toEqual({
    end: 'unknown',
    at: 400,
  });
});

test('what an acknowledgement stopped is neither failed nor waiting', () => {
  expect(stepEnd({ ...sent, state: 'cancelled', acceptedAt: null, endedAt: 300 })).toEqual({
    end: 'stopped',
    at: 300,
  });
  expect(stepEnd({ ...sent, endedAt: 300 })).toEqual({ end: 'stopped', at: 300 });
});
