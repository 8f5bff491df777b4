import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dovecot } from '../../test/support/dovecot.ts';
import {
  startHostProcess,
  type HostProcess,
  type HostProcessOptions,
} from '../../test/support/host-process.ts';
import { openSocketClient, type SocketClient } from '../../test/support/socket-client.ts';

export type BenchHost = { readonly host: HostProcess; readonly client: SocketClient };

const people = [{ name: 'Анна Белова' }, { name: 'Борис Ветров' }, { name: 'Вера Громова' }];

/** The built host on this directory with people on duty, and a client signed in as the first of them. */
export async function openBenchHost(
  dataDir: string,
  options: Pick<HostProcessOptions, 'entry' | 'env'> = {},
): Promise<BenchHost> {
  const config = join(tmpdir(), `pult-bench-${process.pid}.json`);
  writeFileSync(config, JSON.stringify({ people, settings: { zone: 'Europe/Moscow' } }));
  const profile = process.env['BENCH_PROFILE'];
  const profiling: Record<string, string> = profile
    ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` }
    : {};
  const env = { ...profiling, ...options.env };
  const args = ['--config', config];
  const host = await startHostProcess({ ...options, dataDir, args, startWithinMs: 120_000, env });
  const client = await signIn(host);
  const { people: found } = await client.rpc.session.people({});
  for (const { id } of found.slice(0, people.length)) await client.rpc.people.startShift({ personId: id });
  return { host, client };
}

/** A client beside the page, signed in as the first person. */
export async function signIn(host: HostProcess): Promise<SocketClient> {
  const client = await openSocketClient(await host.newLink());
  const { people: found } = await client.rpc.session.people({});
  const [first] = found;
  if (first === undefined) throw new Error('Nobody was provisioned');
  await client.rpc.session.signIn({ personId: first.id });
  return client;
}

/** Letters of any age open incidents. */
export async function addMailbox(rpc: SocketClient['rpc'], server: Dovecot, user: string): Promise<void> {
  await rpc.accounts.save({
    settings: {
      preset: 'custom',
      name: user,
      address: user,
      displayName: '',
      imap: { host: server.host, port: server.imap, security: 'none' },
      smtp: { host: server.host, port: 1, security: 'none' },
      userName: user,
      caCertificate: null,
      sentCopy: 'append',
      sentPath: null,
      signature: '',
      enabled: true,
    },
    password: 'secret',
    opensFrom: 0,
  });
}
