import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CoreKit, createCoreKit } from '../../../test/support/core-kit.ts';
import { startSmtpSink, type SmtpSink, type SmtpSinkOptions } from '../../../test/support/smtp-sink.ts';
import type { Draft } from '../../shared/contract/letters.ts';
import { toAppError } from '../../shared/errors.ts';
import { beginDraft } from '../letters/begin-draft.ts';
import { sendLetter } from '../letters/send-letter.ts';
import { attachmentPath } from './parse/attachment-files.ts';
import { createSmtpChannel } from './smtp-channel.ts';

let kit: CoreKit;
let person: number;
let sink: SmtpSink;
let folder: string;
let wrote: number;

beforeEach(() => {
  kit = createCoreKit();
  person = kit.addPerson('Орлова');
  folder = mkdtempSync(join(tmpdir(), 'pult-smtp-'));
  wrote = 0;
});

afterEach(async () => {
  await sink.stop();
  rmSync(folder, { recursive: true });
});

const serve = async (options: SmtpSinkOptions = {}, account: Record<string, unknown> = {}) => {
  sink = await startSmtpSink({ users: { 'desk@towers.example': 'secret' }, ...options });
  const id = kit.addAccount();
  const row = { ...kit.stores.accounts.find(id)!, smtpHost: '127.0.0.1', smtpPort: sink.port, ...account };
  kit.db.transact((revision) => kit.stores.accounts.update({ ...row, revision }));
};
const to = (...addresses: string[]) => addresses.map((address) => ({ name: '', address }));
const write = (change: Partial<Draft> = {}): number => {
  const begun = { incidentId: null, mode: 'new', sourceId: null, templateKey: null } as const;
  const draft = beginDraft(kit.desk, begun, person);
  const stored = kit.stores.drafts.require(draft.id, person);
  const letter = {
    ...stored,
    subject: 'Нет питания',
    body: 'Выезжаем',
    recipients: { to: to('noc@operator.example'), cc: [], bcc: [] },
    ...change,
  };
  kit.db.transact((revision) => kit.stores.drafts.save(letter, revision));
  return sendLetter(kit.desk, draft.id, true, person).outboxId;
};
const deliver = (outboxId: number, { password = 'secret', signal = new AbortController().signal } = {}) =>
  createSmtpChannel({
    accounts: kit.stores.accounts,
    views: kit.stores.views,
    secrets: { of: () => Promise.resolve({ password }) },
    halt: () => {},
    attachmentsDir: folder,
    timing: { connect: 2000, fetch: 2000 },
  }).deliver(kit.stores.outbox.require(outboxId), { wrote: () => void (wrote += 1) }, signal);
const failureOf = async (delivery: Promise<unknown>) => {
  const { code, details } = toAppError(
    await delivery.then(
      () => undefined,
      (error: unknown) => error,
    ),
  );
  return { code, certainty: details['certainty'], reason: details['reason'], scope: details['scope'] };
};

describe('a letter the server takes', () => {
  test('carries its own Message-ID and Russian words, and hides nobody but the blind copies', async () => {
    await serve();
    const recipients = { to: to('noc@operator.example'), cc: to('cc@x.example'), bcc: to('boss@x.example') };
    const id = write({ recipients });

    await deliver(id);

    const [got] = sink.accepted;
    const { messageId } = kit.stores.outbox.require(id);
    expect(got).toMatchObject({
      from: 'desk@towers.example',
      to: ['noc@operator.example', 'cc@x.example', 'boss@x.example'],
      messageId: kit.stores.views.replySource(messageId)?.externalId,
    });
    expect(got!.raw.toString('latin1')).not.toContain('boss@x.example');
    const parsed = await PostalMime.parse(got!.raw);
    expect([parsed.subject, parsed.text?.trim(), parsed.from?.name]).toEqual([
      'Нет питания',
      'Выезжаем',
      'Диспетчерская',
    ]);
    expect(wrote).toBe(1);
  });

  test('brings its files byte for byte under their Russian names', async () => {
    await serve();
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    mkdirSync(join(attachmentPath(folder, sha256), '..'), { recursive: true });
    writeFileSync(attachmentPath(folder, sha256), bytes);
    const file = { sha256, fileName: 'Акт осмотра № 7 (площадка).bin', mimeType: 'application/pdf', size: 1 };

    await deliver(write({ attachments: [file] }));

    const { attachments } = await PostalMime.parse(sink.accepted[0]!.raw);
    expect(attachments.map(({ filename }) => filename)).toEqual([file.fileName]);
    expect(Buffer.from(attachments[0]!.content as ArrayBuffer).equals(bytes)).toBe(true);
  });
});

describe('a letter that does not get through', () => {
  test('because nobody lives there is refused for good', async () => {
    await serve();
    sink.play({ recipient: () => ({ code: 550, text: '5.1.1 no such user' }) });

    expect(await failureOf(deliver(write()))).toMatchObject({
      certainty: 'refused',
      reason: 'recipient-refused',
      scope: undefined,
    });
    expect(wrote).toBe(0);
  });

  test('to one of two recipients goes to neither, so that trying again cannot double it', async () => {
    await serve();
    sink.play({
      recipient: (address) => (address === 'b@x.example' ? { code: 550, text: '5.1.1 no' } : undefined),
    });
    const recipients = { to: to('a@x.example', 'b@x.example'), cc: [], bcc: [] };

    expect(await failureOf(deliver(write({ recipients })))).toMatchObject({ certainty: 'refused' });
    expect([wrote, sink.accepted.length]).toEqual([0, 0]);
  });

  test('because of greylisting is tried again', async () => {
    await serve();
    sink.play({ recipient: () => ({ code: 451, text: '4.7.1 greylisted' }) });

    expect(await failureOf(deliver(write()))).toMatchObject({ certainty: 'not-sent', scope: undefined });
  });

  test('because the password is wrong is a matter of the account', async () => {
    await serve();

    expect(await failureOf(deliver(write(), { password: 'wrong' }))).toMatchObject({
      code: 'denied',
      certainty: 'not-sent',
      scope: 'channel',
    });
  });

  test('because the line broke after its last byte is unknown', async () => {
    await serve();
    sink.play({ letter: () => 'drop' });

    expect(await failureOf(deliver(write()))).toMatchObject({ certainty: 'unknown' });
    expect([wrote, sink.received.length]).toEqual([1, 1]);
  });

  test('because the server refused it after reading is refused for good', async () => {
    await serve();
    sink.play({ letter: () => ({ code: 554, text: '5.7.1 spam' }) });

    expect(await failureOf(deliver(write()))).toMatchObject({
      certainty: 'refused',
      reason: 'letter-refused',
    });
  });

  test('because there is no server is a matter of the account', async () => {
    await serve();
    await sink.stop();

    expect(await failureOf(deliver(write()))).toMatchObject({ certainty: 'not-sent', scope: 'channel' });
    sink = await startSmtpSink();
  });

  test('because its file is gone is refused rather than tried for ever', async () => {
    await serve();
    const file = { sha256: 'c'.repeat(64), fileName: 'акт.pdf', mimeType: 'application/pdf', size: 1 };

    expect(await failureOf(deliver(write({ attachments: [file] })))).toMatchObject({
      certainty: 'refused',
      reason: 'file',
    });
  });

  test('because the desk stops is not left hanging', async () => {
    await serve();
    sink.play({ letter: () => new Promise(() => {}) });
    const stop = new AbortController();
    const delivery = failureOf(deliver(write(), { signal: stop.signal }));
    await expect.poll(() => sink.received.length).toBe(1);

    stop.abort();

    expect(await delivery).toMatchObject({ certainty: 'unknown' });
  });
});

describe('a password', () => {
  test('is not given to a server that offers no encryption when it is demanded', async () => {
    await serve({ security: 'none' }, { smtpSecurity: 'starttls' });

    expect(await failureOf(deliver(write()))).toMatchObject({ certainty: 'not-sent', scope: 'channel' });
    expect(sink.received).toEqual([]);
  });

  test('is not given to a server with an unknown certificate', async () => {
    await serve({ security: 'starttls' }, { smtpSecurity: 'starttls' });

    expect(await failureOf(deliver(write()))).toMatchObject({
      certainty: 'not-sent',
      reason: 'certificate-untrusted',
    });
  });

  test('goes encrypted to a server whose certificate the desk was given', async () => {
    sink = await startSmtpSink({ users: { 'desk@towers.example': 'secret' }, security: 'starttls' });
    const id = kit.addAccount();
    const row = kit.stores.accounts.find(id)!;
    const own = { smtpPort: sink.port, smtpSecurity: 'starttls', caCertificate: sink.caCert ?? '' } as const;
    kit.db.transact((revision) => kit.stores.accounts.update({ ...row, ...own, revision }));

    await deliver(write());

    expect(sink.accepted[0]).toMatchObject({ secure: true });
  });
});
