import { AppError, errorCodes, type ErrorCode } from '../../shared/errors.ts';
import { useErrorText } from './error-text.ts';

/** What went wrong, as plain data that a store keeps and a component words. */
export type Failure = {
  readonly code: string;
  readonly reason: string | undefined;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
};

export function toFailure(error: AppError): Failure {
  return { code: error.code, reason: error.reason, details: error.details };
}

export function useFailureText(): (failure: Failure) => string {
  const text = useErrorText();
  return ({ code, details }) => text(new AppError(isCode(code) ? code : 'internal', { details }));
}

function isCode(code: string): code is ErrorCode {
  return (errorCodes as readonly string[]).includes(code);
}
