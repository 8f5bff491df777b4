import { useStore } from 'zustand';
import { AppError, errorCodes, type ErrorCode } from '../../../shared/errors.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { emptySlot, type Failure, type Slot } from './composer-state.ts';
import type { ComposerStore } from './composer-store.ts';

export function useSlot(composer: ComposerStore, slotKey: string): Slot {
  return useStore(composer.state, ({ slots }) => slots.get(slotKey) ?? emptySlot);
}

export function useFailureText(): (failure: Failure) => string {
  const text = useErrorText();
  return ({ code, details }) => text(new AppError(isCode(code) ? code : 'internal', { details }));
}

function isCode(code: string): code is ErrorCode {
  return (errorCodes as readonly string[]).includes(code);
}
