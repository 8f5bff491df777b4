import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBackend } from '../../src/core/app.ts';
import type { Backend, BackendOptions, Provision } from '../../src/core/app-types.ts';
import {
  createMemoryCapabilities,
  type MemoryCapabilities,
} from '../../src/core/platform/capabilities-memory.ts';
import { systemClock } from '../../src/core/platform/clock.ts';
import { systemRandom } from '../../src/core/platform/random.ts';
import type { AccountSettings } from '../../src/shared/contract/letters.ts';
import { contract, type PultContract } from '../../src/shared/contract/index.ts';
import { createClient } from '../../src/shared/rpc/client.ts';
import type { Client } from '../../src/shared/rpc/define.ts';
import { createPipe } from './pipe.ts';

export type MailServer = { readonly host: string; readonly imap: number; readonly smtp: number };

export type Desk = {
  readonly backend: Backend;
  readonly capabilities: MemoryCapabilities;
  readonly dataDir: string;
  /** A page signed in as the first person. */
  page(): Promise<Client<PultContract>>;
  /** Stops it and starts another on the same data directory. */
  restart(): Promise<Desk>;
  /** Stops it and throws the data away. */
  stop(): Promise<void>;
};

const workerPath = join(import.meta.dirname, '../../src/core/mail/parse-worker.ts');

function accountSettings(server: MailServer, address = 'desk@towers.example'): AccountSettings {
  return {
    preset: 'custom',
    name: 'Диспетчерская',
    address,
    displayName: 'Диспетчерская',
    imap: { host: server.host, port: server.imap, security: 'none' },
    smtp: { host: server.host, port: server.smtp, security: 'none' },
    userName: address,
    auth: 'password',
    caCertificate: null,
    sentCopy: 'append',
    sentPath: null,
    signature: 'Диспетчер',
    enabled: true,
  };
}

export function provisionFor(
  server: MailServer | undefined,
  people: readonly string[] = ['Ольга Орлова'],
): Provision {
  return {
    people: people.map((name) => ({
      name,
      role: 'dispatcher',
      email: '',
      phone: '',
      pin: undefined,
      roster: undefined,
    })),
    accounts: server ? [{ settings: accountSettings(server), password: 'secret', opensFrom: 0 }] : [],
    settings: { undoSeconds: 0 },
  };
}

/** The whole backend over a memory port: everything real but the shell. */
export async function startDesk(
  options: Partial<BackendOptions> = {},
  shell: Partial<MemoryCapabilities> = {},
): Promise<Desk> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'pult-desk-')));
  const capabilities = { ...createMemoryCapabilities(), ...shell };
  const backend = await createBackend(
    { workerPath, build: 'test', version: '0.0.0', shell: 'memory', ...options, dataDir },
    capabilities,
  );
  return {
    backend,
    capabilities,
    dataDir,
    async page() {
      const { rpc } = createClient(
        contract,
        () => {
          const { page, core } = createPipe();
          backend.connect(core);
          return page;
        },
        { clock: systemClock, random: systemRandom.number, newId: () => crypto.randomUUID() },
      );
      const { people } = await rpc.session.people({});
      const [first] = people;
      if (first) await rpc.session.signIn({ personId: first.id });
      return rpc;
    },
    async restart() {
      await backend.stop();
      const { provision: _provision, ...rest } = options;
      return startDesk({ ...rest, dataDir }, shell);
    },
    async stop() {
      await backend.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
