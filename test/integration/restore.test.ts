import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/platform/clock.ts';
import { type EmbeddedMail, startEmbeddedMail } from '../../src/core/training/embedded-mail.ts';
import type { PultContract } from '../../src/shared/contract/index.ts';
import type { Client } from '../../src/shared/rpc/define.ts';
import { type Desk, provisionFor, startDesk } from '../support/desk.ts';
import { makeLetter } from '../support/make-letter.ts';

const soon = { timeout: 20_000 };

describe('a desk put back to a backup', () => {
  let mail: EmbeddedMail;
  let desk: Desk;
  let page: Client<PultContract>;

  beforeAll(async () => {
    mail = await startEmbeddedMail({
      account: { address: 'desk@towers.example', password: 'secret' },
      clock: systemClock,
    });
    const server = { host: mail.host, imap: mail.ports.imap, smtp: mail.ports.smtp };
    desk = await startDesk({ provision: provisionFor(server) });
    page = await desk.page();
  });

  afterAll(async () => {
    await desk.stop();
    await mail.stop();
  });

  const deliver = (name: string, inReplyTo?: string) => {
    const at = Date.now();
    const thread = inReplyTo === undefined ? {} : { inReplyTo: `${inReplyTo}@operator.example` };
    mail.deliver(
      makeLetter({ subject: name, text: name, messageId: `${name}@operator.example`, date: at, ...thread }),
      at,
    );
  };
  const rows = async () => {
    const sort = { key: 'registered', descending: false } as const;
    return (await page.incidents.queue({ filter: { scope: 'all' }, sort, offset: 0, limit: 100 })).rows;
  };
  /** Each incident by its title, with how many letters it holds. */
  const held = async () => Object.fromEntries((await rows()).map((row) => [row.title, row.messageCount]));
  const codeOf = async (title: string) => (await rows()).find((row) => row.title === title)?.code;

  test('fetches what came after it again, doubles nothing, and gives codes nobody has seen', async () => {
    deliver('before');
    deliver('quiet');
    await expect.poll(held, soon).toEqual({ before: 1, quiet: 1 });
    const { name } = await page.settings.backupNow({});

    deliver('after');
    deliver('answer', 'before');
    await expect.poll(held, soon).toEqual({ before: 2, quiet: 1, after: 1 });
    expect(await codeOf('after')).toBe('PLT-1003');

    await page.settings.restore({ name });
    expect(desk.capabilities.seen.restarts).toBe(1);
    desk = await desk.restart();
    page = await desk.page();

    await expect.poll(held, soon).toEqual({ before: 2, quiet: 1, after: 1 });
    expect(await codeOf('before')).toBe('PLT-1001');
    expect(await codeOf('after')).toBe('PLT-2003');

    deliver('new');
    await expect.poll(held, soon).toEqual({ before: 2, quiet: 1, after: 1, new: 1 });
    expect(await page.settings.verifyJournal({})).toMatchObject({ ok: true });
  });
});
