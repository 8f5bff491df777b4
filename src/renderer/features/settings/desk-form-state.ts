import { deskSettings, type DeskSettings } from '../../../shared/contract/settings.ts';
import { hoursText, minutesOf } from '../../lib/hours.ts';

export type DeskText = {
  readonly zone: string;
  readonly codePrefix: string;
  readonly foreignPrefixes: string;
  readonly undoSeconds: string;
  readonly alarmAfterSeconds: string;
  readonly floodCount: string;
  readonly floodMinutes: string;
  /** In hours. */
  readonly autoCloseMinutes: string;
  readonly contractorEmails: string;
  readonly shiftPhone: string;
  readonly answersLateLetters: boolean;
  readonly logLevel: DeskSettings['logLevel'];
};

export function textOf(settings: DeskSettings): DeskText {
  return {
    ...settings,
    foreignPrefixes: settings.foreignPrefixes.join(', '),
    contractorEmails: settings.contractorEmails.join(', '),
    undoSeconds: String(settings.undoSeconds),
    alarmAfterSeconds: String(settings.alarmAfterSeconds),
    floodCount: String(settings.floodCount),
    floodMinutes: String(settings.floodMinutes),
    autoCloseMinutes: hoursText(settings.autoCloseMinutes),
  };
}

/** Names of the fields core would refuse. */
export function checkDesk(form: DeskText): ReadonlySet<string> {
  const read = deskSettings.safeParse(valuesOf(form));
  return new Set(read.success ? [] : read.error.issues.map((issue) => String(issue.path[0])));
}

/** Only what differs: the code prefix may not be sent once it is fixed. */
export function deskChanges(form: DeskText, settings: DeskSettings): Partial<DeskSettings> {
  const values = valuesOf(form);
  const changed = Object.entries(values).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(settings[key as keyof DeskSettings]),
  );
  return Object.fromEntries(changed);
}

function valuesOf(form: DeskText): DeskSettings {
  return {
    ...form,
    foreignPrefixes: form.foreignPrefixes
      .split(/[\s,;]+/)
      .map((prefix) => prefix.trim())
      .filter((prefix) => prefix !== ''),
    contractorEmails: form.contractorEmails.split(/[\s,;]+/).filter((address) => address !== ''),
    shiftPhone: form.shiftPhone.trim(),
    undoSeconds: toNumber(form.undoSeconds),
    alarmAfterSeconds: toNumber(form.alarmAfterSeconds),
    floodCount: toNumber(form.floodCount),
    floodMinutes: toNumber(form.floodMinutes),
    autoCloseMinutes: minutesOf(form.autoCloseMinutes),
  };
}

function toNumber(text: string): number {
  return /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
}
