import type { Account, AccountPreset, AccountSettings } from '../../../../shared/contract/letters.ts';

export type Security = AccountSettings['imap']['security'];

/** The form as typed; numbers stay text until they are right. */
export type AccountForm = {
  readonly preset: string;
  readonly name: string;
  readonly address: string;
  readonly displayName: string;
  readonly userName: string;
  readonly password: string;
  readonly auth: AccountSettings['auth'];
  /** A finished signing in that a new mailbox takes over. */
  readonly signInId: string | null;
  readonly imapHost: string;
  readonly imapPort: string;
  readonly imapSecurity: Security;
  readonly smtpHost: string;
  readonly smtpPort: string;
  readonly smtpSecurity: Security;
  readonly caCertificate: string;
  readonly sentCopy: AccountSettings['sentCopy'];
  readonly sentPath: string;
  readonly signature: string;
  readonly enabled: boolean;
};

export type AccountProblem = {
  readonly field: 'address' | 'password' | 'imapHost' | 'imapPort' | 'smtpHost' | 'smtpPort' | 'name';
  /** Key under `settings.mail.check`. */
  readonly word: 'address' | 'password' | 'host' | 'port' | 'name';
};

const addressPattern = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]{2,}$/u;

export function emptyForm(preset: AccountPreset): AccountForm {
  return {
    ...serversOf(preset),
    preset: preset.key,
    name: '',
    address: '',
    displayName: '',
    userName: '',
    password: '',
    auth: preset.oauth?.required ? 'oauth' : 'password',
    signInId: null,
    caCertificate: '',
    sentPath: '',
    signature: '',
    enabled: true,
  };
}

export function formOf(account: Account): AccountForm {
  return {
    preset: account.preset,
    name: account.name,
    address: account.address,
    displayName: account.displayName,
    userName: account.userName,
    password: '',
    auth: account.auth,
    signInId: null,
    imapHost: account.imap.host,
    imapPort: String(account.imap.port),
    imapSecurity: account.imap.security,
    smtpHost: account.smtp.host,
    smtpPort: String(account.smtp.port),
    smtpSecurity: account.smtp.security,
    caCertificate: account.caCertificate ?? '',
    sentCopy: account.sentCopy,
    sentPath: account.sentPath ?? '',
    signature: account.signature,
    enabled: account.enabled,
  };
}

/** Another provider brings its servers and keeps what the person typed. */
export function withPreset(form: AccountForm, preset: AccountPreset): AccountForm {
  const auth = preset.oauth?.required ? 'oauth' : preset.oauth ? form.auth : 'password';
  return { ...form, ...serversOf(preset), preset: preset.key, auth, signInId: null };
}

/** The user name and the mailbox's name follow the address until somebody gives them words of their own. */
export function withAddress(form: AccountForm, address: string): AccountForm {
  const follows = form.userName === '' || form.userName === form.address;
  const named = form.name === '' || form.name === form.address;
  return {
    ...form,
    address,
    ...(follows ? { userName: address } : {}),
    ...(named ? { name: address } : {}),
  };
}

/** The provider whose domain the address has, when it is one that can be chosen. */
export function presetFor(address: string, presets: readonly AccountPreset[]): AccountPreset | undefined {
  const domain = address.split('@')[1]?.toLowerCase();
  return domain === undefined ? undefined : presets.find((preset) => preset.domains.includes(domain));
}

export function checkForm(form: AccountForm, passwordKept: boolean): readonly AccountProblem[] {
  const problems: AccountProblem[] = [];
  if (!addressPattern.test(form.address.trim())) problems.push({ field: 'address', word: 'address' });
  if (form.auth === 'password' && form.password === '' && !passwordKept)
    problems.push({ field: 'password', word: 'password' });
  if (form.imapHost.trim() === '') problems.push({ field: 'imapHost', word: 'host' });
  if (toPort(form.imapPort) === undefined) problems.push({ field: 'imapPort', word: 'port' });
  if (form.smtpHost.trim() === '') problems.push({ field: 'smtpHost', word: 'host' });
  if (toPort(form.smtpPort) === undefined) problems.push({ field: 'smtpPort', word: 'port' });
  return problems;
}

export function toSettings(form: AccountForm): AccountSettings {
  const address = form.address.trim();
  return {
    preset: form.preset,
    name: form.name.trim() || address,
    address,
    displayName: form.displayName.trim(),
    imap: { host: form.imapHost.trim(), port: toPort(form.imapPort) ?? 993, security: form.imapSecurity },
    smtp: { host: form.smtpHost.trim(), port: toPort(form.smtpPort) ?? 465, security: form.smtpSecurity },
    userName: form.userName.trim() || address,
    auth: form.auth,
    caCertificate: form.caCertificate.trim() === '' ? null : form.caCertificate,
    sentCopy: form.sentCopy,
    sentPath: form.sentPath.trim() === '' ? null : form.sentPath.trim(),
    signature: form.signature,
    enabled: form.enabled,
  };
}

function serversOf(preset: AccountPreset) {
  return {
    imapHost: preset.imap.host,
    imapPort: String(preset.imap.port),
    imapSecurity: preset.imap.security,
    smtpHost: preset.smtp.host,
    smtpPort: String(preset.smtp.port),
    smtpSecurity: preset.smtp.security,
    sentCopy: preset.sentCopy,
  };
}

function toPort(text: string): number | undefined {
  const port = Number(text);
  return /^\d{1,5}$/.test(text.trim()) && port >= 1 && port <= 65_535 ? port : undefined;
}
