import { toAppError } from '../../src/shared/errors.ts';
import type { Random } from '../../src/core/platform/random.ts';
import { between } from '../../src/core/training/seeded-random.ts';
import type { CrashPage } from './crash-page.ts';

/** A command whose answer arrived: what it promised must be there for ever. */
export type Accepted = {
  readonly commandId: string;
  readonly path: string;
  readonly output: object;
  /** Unique words the command brought into the desk. */
  readonly marker: string;
  readonly incidentId: number;
};

export type Hands = {
  readonly accepted: readonly Accepted[];
  /** Ids of commands that were asked and not answered. */
  inFlight(): readonly string[];
  /** Commands the desk refused, with its reason: none is expected. */
  readonly refused: readonly string[];
  /** Ends after the command at hand; needs a live host. */
  stop(): Promise<void>;
};

type Parts = {
  readonly page: CrashPage;
  readonly name: string;
  readonly random: Random;
  readonly onCode: (code: string) => void;
};

/** More waiting letters than this, and writing makes a pause. */
const mostWaiting = 12;

/** A dispatcher who works without a break: takes calls, sets types, edits, writes and answers letters. */
export function startHands({ page, name, random, onCode }: Parts): Hands {
  const { rpc } = page;
  const accepted: Accepted[] = [];
  const refused: string[] = [];
  const inFlight = new Set<string>();
  let stopped = false;

  async function command<T extends object>(
    path: string,
    about: { readonly marker: string; readonly incidentId?: number },
    run: () => Promise<T>,
  ): Promise<T | undefined> {
    const answer = run();
    const commandId = page.lastCommandId();
    inFlight.add(commandId);
    try {
      const output = await answer;
      accepted.push({ commandId, path, output, incidentId: 0, ...about });
      return output;
    } catch (failure) {
      const { code, reason } = toAppError(failure);
      refused.push(`${path} ${code} ${reason ?? ''}`);
      return undefined;
    } finally {
      inFlight.delete(commandId);
      await new Promise((resolve) => setTimeout(resolve, between(random, 2, 30)));
    }
  }

  async function takeCall(marker: string, typeIds: readonly number[]): Promise<number | undefined> {
    const opened = await command('incidents.open', { marker }, () =>
      rpc.incidents.open({ title: `Звонок ${marker}`, applicantAddress: `caller-${marker}@people.example` }),
    );
    if (opened === undefined) return undefined;
    const { id, code } = opened;
    onCode(code);
    const typeId = typeIds[between(random, 0, typeIds.length - 1)] ?? null;
    const { row } = await rpc.incidents.card({ id });
    await command('incidents.setType', { marker, incidentId: id }, () =>
      rpc.incidents.setType({ id, expected: row.revision, typeId }),
    );
    const { row: typed } = await rpc.incidents.card({ id });
    await command('incidents.edit', { marker, incidentId: id }, () =>
      rpc.incidents.edit({ id, expected: typed.revision, description: `Записано ${marker}` }),
    );
    return id;
  }

  async function write(marker: string, incidentId: number, accountId: number, mode: 'new' | 'reply') {
    const { rows } = await rpc.outbox.list({ all: false });
    if (rows.filter(({ state }) => state === 'queued' || state === 'sending').length >= mostWaiting) return;
    const begun = await command('drafts.begin', { marker, incidentId }, () =>
      rpc.drafts.begin({ incidentId, mode, templateKey: mode === 'reply' ? 'accepted' : null }),
    );
    if (begun === undefined) return;
    const { id } = begun.draft;
    const to = [{ name: '', address: `caller-${marker}@people.example` }];
    const body = `Приняли в работу: ${marker}\n${'Работы идут. '.repeat(between(random, 1, 2000))}`;
    await command('drafts.save', { marker, incidentId }, () =>
      rpc.drafts.save({
        id,
        accountId,
        recipients: { to, cc: [], bcc: [] },
        subject: `Ответ ${marker}`,
        body,
      }),
    );
    // Some letters wait to be finished: what was typed must be there too.
    if (mode === 'new' && random.number() < 0.2) return;
    await command('outbox.send', { marker, incidentId }, () => rpc.outbox.send({ draftId: id, force: true }));
  }

  /** An incident some letter opened, not too far back. */
  async function someLetter(): Promise<number | undefined> {
    const sort = { key: 'registered', descending: true } as const;
    const filter = { channels: ['mail' as const] };
    const { rows } = await rpc.incidents.queue({ filter, sort, offset: 0, limit: 30 });
    return rows[between(random, 0, Math.max(0, rows.length - 1))]?.id;
  }

  async function work(): Promise<void> {
    const [{ types }, { accounts }] = await Promise.all([rpc.reference.all({}), rpc.accounts.list({})]);
    const typeIds = types.map(({ id }) => id);
    for (let turn = 1; !stopped; turn += 1) {
      const marker = `${name}-${turn}-`;
      const called = await takeCall(marker, typeIds);
      const accountId = accounts[turn % accounts.length]!.id;
      if (stopped || called === undefined) continue;
      await write(marker, called, accountId, 'new');
      const letter = turn % 3 === 0 ? await someLetter() : undefined;
      if (letter !== undefined) await write(`${marker}re-`, letter, accountId, 'reply');
    }
  }

  const working = work();
  // Told by `stop`.
  working.catch(() => undefined);
  return {
    accepted,
    refused,
    inFlight: () => [...inFlight],
    async stop() {
      stopped = true;
      await working;
    },
  };
}
