import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crashAccounts, type CrashMail } from './crash-mail.ts';

/** Two people who are always on duty, and the accounts of `crashAccounts`. */
export function writeCrashConfig(dir: string, { dovecot, sink }: CrashMail): string {
  const secret = join(dir, 'password');
  writeFileSync(secret, 'secret', { mode: 0o600 });
  const config = join(dir, 'desk.json');
  const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const roster = [{ weekdays: everyDay, starts: '00:00', ends: '00:00' }];
  const account = (address: string, sentCopy: 'provider' | 'append') => ({
    name: address,
    address,
    imap: { host: dovecot.host, port: dovecot.imap, security: 'none' },
    smtp: { host: sink.host, port: sink.port, security: 'none' },
    caCertificate: null,
    sentPath: null,
    sentCopy,
    opensFrom: new Date(Date.now() - 86_400_000).toISOString().replace('Z', '+00:00'),
    passwordFile: secret,
  });
  const content = {
    people: ['Ольга Орлова', 'Пётр Ильин'].map((name) => ({ name, roster })),
    accounts: [
      account(crashAccounts.copies, 'provider'),
      account(crashAccounts.bare, 'provider'),
      account(crashAccounts.own, 'append'),
    ],
    settings: { undoSeconds: 0 },
  };
  writeFileSync(config, JSON.stringify(content));
  return config;
}
