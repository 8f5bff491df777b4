import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../src/core/platform/random.ts';
import { between, pick } from '../../src/core/training/seeded-random.ts';
import type { SignInState } from '../../src/shared/contract/telegram.ts';
import type { CrashPage, LetIn } from './crash-page.ts';
import type { TelegramControl } from './telegram-dc/control-client.ts';
import type { ChatKey } from './telegram-dc/world/model.ts';
import { crewGroup, irina, regionGroup, technician } from './telegram-dc/sample-world.ts';

/** A message a person gave to the desk; it may not have answered yet. */
export type Written = {
  readonly text: string;
  readonly chat: ChatKey;
  readonly chatId: number;
  readonly files: readonly string[];
  readonly kind: Kind;
  /** The desk has taken it. */
  readonly taken: Promise<unknown>;
};

/** `again` says what was said before, word for word. */
export type Kind = 'text' | 'again' | 'reply' | 'file' | 'album';

type OutgoingFile = Parameters<CrashPage['rpc']['chats']['send']>[0]['files'];
type Rpc = CrashPage['rpc'];

export const deskWaitMs = 60_000;
const titles: ReadonlyMap<string, ChatKey> = new Map([
  ['Денис Орлов', technician],
  ['Бригада 7', crewGroup],
  ['Регион Север', regionGroup],
]);

/** One person always on duty, no mailbox, and nothing waits to be taken back. */
export function writeTelegramCrashConfig(dir: string): string {
  const config = join(dir, 'desk.json');
  const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const roster = [{ weekdays: everyDay, starts: '00:00', ends: '00:00' }];
  const people = [{ name: 'Ольга Орлова', roster }];
  writeFileSync(config, JSON.stringify({ people, settings: { undoSeconds: 0 } }));
  return config;
}

/** By phone and code; resolves when the account is connected. */
export async function signInToTelegram({ telegram }: Rpc): Promise<void> {
  await telegram.saveApi({ apiId: 12_345, apiHash: '0123456789abcdef0123456789abcdef' });
  const watching = new AbortController();
  let state: SignInState['step'] = 'idle';
  telegram.signIn({}, ({ step }) => void (state = step), { signal: watching.signal });
  await telegram.beginPhone({ understood: true, phone: irina.phone });
  await until('a code is asked for', () => state === 'code');
  await telegram.submitCode({ code: '12345' });
  watching.abort();
  await until('the account is ready', async () => {
    const { accounts } = await telegram.overview({});
    return accounts.some((account) => account.state === 'ready');
  });
}

export type Writer = {
  write(kind: Kind): Promise<Written>;
};

type Parts = {
  readonly rpc: Rpc;
  readonly letIn: LetIn;
  readonly link: () => Promise<string>;
  readonly control: TelegramControl;
  readonly random: Random;
};

/** Someone who writes to three kinds of chats and from an incident's card. */
export async function createWriter({ rpc, letIn, link, control, random }: Parts): Promise<Writer> {
  const chats = await findChats(rpc);
  const answered = await openIncident(rpc, control, chats.get(technician) ?? 0);
  let count = 0;

  async function attach(bytes: Uint8Array): Promise<NonNullable<OutgoingFile>[number]> {
    const { address, cookie } = await letIn(await link());
    const { origin, pathname } = address;
    const response = await fetch(new URL('upload', origin + pathname), {
      method: 'POST',
      headers: { cookie, origin, 'x-file-name': 'plan.pdf', 'content-type': 'application/pdf' },
      body: Buffer.from(bytes),
    });
    if (!response.ok) throw new Error(`upload: ${response.status}`);
    const { sha256, size } = (await response.json()) as { readonly sha256: string; readonly size: number };
    return { sha256, size, fileName: 'plan.pdf', mimeType: 'application/pdf', as: 'document' };
  }

  return {
    async write(kind) {
      count += 1;
      const text = kind === 'again' ? 'Принято' : `Сообщение ${count}: ${kind}`;
      const amount = { text: 0, again: 0, reply: 0, file: 1, album: between(random, 2, 3) }[kind];
      const contents = Array.from({ length: amount }, () => random.bytes(between(random, 1000, 300_000)));
      const files = await Promise.all(contents.map(attach));
      const chat =
        kind === 'reply' ? technician : pick<ChatKey>(random, [technician, crewGroup, regionGroup]);
      const chatId = chats.get(chat) ?? 0;
      const taken = rpc.chats.send({ chatId, text, files, ...(kind === 'reply' ? answered : {}) });
      // Told where it is awaited.
      taken.catch(() => undefined);
      const hashes = contents.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
      return { text, chat, chatId, files: hashes, kind, taken };
    },
  };
}

async function findChats({ chats }: Rpc): Promise<ReadonlyMap<ChatKey, number>> {
  const found = new Map<ChatKey, number>();
  await until('the chats are listed', async () => {
    for (const { id, title } of (await chats.list({})).chats) {
      const key = titles.get(title);
      if (key !== undefined) found.set(key, id);
    }
    return found.size === titles.size;
  });
  return found;
}

async function openIncident({ chats }: Rpc, control: TelegramControl, chatId: number) {
  const text = 'АМС 1204: заградительные огни не горят';
  await control.receive({ account: irina.account, chat: technician, from: 2001, text });
  let replyTo = 0;
  await until('the message is here', async () => {
    const { messages } = await chats.history({ id: chatId });
    replyTo = messages.find((message) => message.text === text)?.id ?? 0;
    return replyTo !== 0;
  });
  const { incidentId } = await chats.openIncident({ messageIds: [replyTo] });
  return { incidentId, replyTo };
}

export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + deskWaitMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Not in time: ${what}`);
    await pause(50);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
