import type { AppError } from '../../../shared/errors.ts';
import type { Failure } from './composer-state.ts';

export function toFailure(error: AppError): Failure {
  return { code: error.code, reason: error.reason, details: error.details };
}
