import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TelegramNetwork } from '../../../src/core/telegram/telegram-network.ts';
import { startHostProcess, type HostProcess } from '../../support/host-process.ts';
import { lessonApi } from '../../../src/core/training/chats/chat-cast.ts';
import type { Mailbox } from './mailbox.ts';

export type DeskPlan = {
  readonly people: readonly string[];
  /** Those who are on duty round the clock by the roster; nobody by default. */
  readonly onDuty: boolean;
  readonly undoSeconds: number;
  /** Without it the mailbox is not connected, and without people the wizard greets. */
  readonly connected: boolean;
  /** Without it the key of Telegram's application must be entered on the page. */
  readonly hasTelegramKey: boolean;
};

export const usualPlan: DeskPlan = {
  people: ['Анна Ветрова'],
  onDuty: true,
  undoSeconds: 0,
  connected: true,
  hasTelegramKey: true,
};

/** The built host on a data directory of its own, which outlives a kill. */
export type RunningDesk = {
  readonly dataDir: string;
  host(): HostProcess;
  /** A folder that comes first in the host's PATH. */
  readonly tools: string;
  killNine(): Promise<void>;
  startAgain(): Promise<void>;
  stop(): Promise<void>;
};

/** With `telegram`, on those servers instead of Telegram's, and with the key they know. */
export async function startRunningDesk(
  plan: DeskPlan,
  mailbox: Mailbox,
  telegram?: TelegramNetwork,
): Promise<RunningDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'pult-e2e-'));
  const config = join(folder, 'pult.json');
  const tools = mkdtempSync(join(folder, 'tools-'));
  const dataDir = join(folder, 'desk');
  writeFileSync(
    config,
    JSON.stringify({
      ...provision(plan, mailbox),
      ...(telegram && plan.hasTelegramKey && { telegram: telegramKey }),
    }),
  );
  const env = {
    E2E_MAIL_PASSWORD: mailbox.password,
    PATH: `${tools}:${process.env['PATH'] ?? ''}`,
    ...(telegram && { PULT_TEST_TELEGRAM: JSON.stringify(telegram), E2E_API_HASH: lessonApi.hash }),
  };
  const start = (first: boolean) =>
    startHostProcess({
      dataDir,
      args: first && plan.people.length > 0 ? ['--config', config] : [],
      env,
      ...(telegram && { entry: rehearsal }),
    });
  let host = await start(true);
  return {
    dataDir,
    tools,
    host: () => host,
    async killNine() {
      await host.kill('SIGKILL');
    },
    async startAgain() {
      host = await start(false);
    },
    async stop() {
      await host.kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const rehearsal = join(import.meta.dirname, '../../../out-demo/main/rehearsal.js');
const telegramKey = { apiId: lessonApi.id, apiHashEnv: 'E2E_API_HASH' };
const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function provision(plan: DeskPlan, mailbox: Mailbox): object {
  const server = (port: number) => ({ host: '127.0.0.1', port, security: 'none' });
  const roster = [{ weekdays: everyDay, starts: '00:00', ends: '00:00' }];
  return {
    people: plan.people.map((name) => (plan.onDuty ? { name, roster } : { name })),
    accounts: plan.connected
      ? [
          {
            name: 'Диспетчерская',
            address: mailbox.address,
            imap: server(mailbox.imap),
            smtp: server(mailbox.smtp),
            caCertificate: null,
            sentPath: null,
            opensFrom: new Date(Date.now() - 86_400_000).toISOString(),
            passwordEnv: 'E2E_MAIL_PASSWORD',
          },
        ]
      : [],
    settings: { zone: 'Europe/Moscow', undoSeconds: plan.undoSeconds },
  };
}
