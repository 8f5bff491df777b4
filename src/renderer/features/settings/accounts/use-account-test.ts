import { useState } from 'react';
import type { z } from 'zod';
import type { PultContract } from '../../../../shared/contract/index.ts';
import { toAppError, type AppError } from '../../../../shared/errors.ts';
import { useDesk } from '../../../lib/desk.ts';
import { toSettings, type AccountForm } from './account-form.ts';

export type AccountTestResult = z.infer<PultContract['accounts']['test']['output']>;

export type AccountTestState = {
  readonly running: boolean;
  readonly result: AccountTestResult | undefined;
  readonly error: AppError | undefined;
  /** The form was changed after the test. */
  readonly stale: boolean;
  readonly passed: boolean;
  run(): Promise<boolean>;
};

/** Logs in for reading and sending with what stands in the form; `accountId` lends its stored password. */
export function useAccountTest(form: AccountForm, accountId: number | null): AccountTestState {
  const { rpc } = useDesk();
  const [running, setRunning] = useState(false);
  const [result, setResult] = useState<AccountTestResult>();
  const [error, setError] = useState<AppError>();
  const [tested, setTested] = useState('');
  const current = fingerprint(form);
  const stale = result !== undefined && tested !== current;

  async function run(): Promise<boolean> {
    setRunning(true);
    setError(undefined);
    try {
      const answer = await rpc.accounts.test({
        settings: toSettings(form),
        password: form.password === '' ? null : form.password,
        id: accountId,
        signInId: form.signInId,
      });
      setResult(answer);
      setTested(current);
      return answer.imap.ok && answer.smtp.ok;
    } catch (thrown) {
      setResult(undefined);
      setError(toAppError(thrown));
      return false;
    } finally {
      setRunning(false);
    }
  }

  const passed = result !== undefined && !stale && result.imap.ok && result.smtp.ok;
  return { running, result, error, stale, passed, run };
}

/** Only what the connection depends on. */
function fingerprint(form: AccountForm): string {
  const { imap, smtp, userName, address, caCertificate, sentPath } = toSettings(form);
  return JSON.stringify({
    imap,
    smtp,
    userName,
    address,
    caCertificate,
    sentPath,
    password: form.password,
    signInId: form.signInId,
  });
}
