import { expect, test } from 'vitest';
import type { AutomaticMark } from '../platform/inbound-message.ts';
import { createIntakeBench, inbound } from '../../../test/support/intake-bench.ts';

const autoReply: AutomaticMark = {
  kind: 'auto-reply',
  evidence: 'Auto-Submitted: auto-replied',
  bounce: undefined,
};
const bounceOf = (originalMessageId: string | undefined, recipients: string[] = []): AutomaticMark => ({
  kind: 'bounce',
  evidence: 'multipart/report',
  bounce: { originalMessageId, recipients, status: '5.1.1', diagnostic: 'no such user' },
});

test('a bounce or an automatic reply to nothing we know is kept without an incident', () => {
  const { accept, desk, view, journalKinds } = createIntakeBench();

  for (const automatic of [autoReply, bounceOf('unknown@desk.example')]) {
    const { incidentId, messageId } = accept(inbound({ automatic }));

    expect(incidentId).toBeNull();
    expect(view(messageId).link).toEqual({ by: 'automatic', detail: automatic.evidence });
  }
  expect(desk.incidents).toHaveLength(0);
  expect(journalKinds()).toEqual(['letter.stored', 'letter.stored']);
});

test('an automatic reply joins what it answers and is told to the desk as automatic', () => {
  const { accept, desk, send } = createIntakeBench();
  accept(inbound());
  send(1, 'ours@desk.example', 'noc@op.example');

  const { incidentId } = accept(inbound({ automatic: autoReply, inReplyTo: 'ours@desk.example' }));

  expect(incidentId).toBe(1);
  expect(desk.incidents[0]?.joined.at(-1)).toMatchObject({
    automatic: true,
    opening: false,
    by: 'automatic',
  });
});

test('a bounce finds the letter it returns by the report, by its headers, or by address and code', () => {
  const { accept, send, bounced } = createIntakeBench();
  accept(inbound());
  const first = send(1, 'one@desk.example', 'gone@op.example');
  const second = send(1, 'two@desk.example', 'full@op.example');
  const daemon = { sender: 'mailer-daemon@op.example' };

  const byReport = accept(inbound({ ...daemon, automatic: bounceOf('one@desk.example') }));
  accept(inbound({ ...daemon, automatic: bounceOf(undefined), references: ['two@desk.example'] }));
  accept(
    inbound({
      ...daemon,
      subject: '[!!Formal]Undeliverable: Re: PLT-1001: вода',
      automatic: bounceOf(undefined, ['GONE@op.example']),
    }),
  );

  expect(byReport.incidentId).toBe(1);
  expect(bounced.map(({ messageId }) => messageId)).toEqual([first, second, first]);
  expect(bounced[0]?.report?.status).toBe('5.1.1');
});

test('a bounce that names a letter of somebody else marks nothing', () => {
  const { accept, bounced } = createIntakeBench();
  const letter = inbound();
  accept(letter);

  accept(inbound({ automatic: bounceOf(letter.externalId) }));

  expect(bounced).toEqual([]);
});

test("an operator's robot with Precedence: bulk opens an incident all the same", () => {
  const { accept, desk } = createIntakeBench();

  accept(inbound({ automatic: { kind: 'bulk', evidence: 'Precedence: bulk', bounce: undefined } }));

  expect(desk.incidents[0]?.joined).toMatchObject([{ automatic: false, opening: true }]);
});

test('a bounce is no reason to open even when somebody answers it in the same thread later', () => {
  const { accept, desk, views } = createIntakeBench();
  const bounce = inbound({ automatic: bounceOf(undefined) });
  accept(bounce);

  accept(inbound({ inReplyTo: bounce.externalId, subject: 'Что это?' }));

  expect(desk.incidents).toMatchObject([{ title: 'Что это?' }]);
  expect(views.timeline(1, null, 10)).toHaveLength(2);
});
