import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { AppError } from '../../../shared/errors.ts';
import { createAttachmentFiles } from './attachment-files.ts';
import { limits } from './limits.ts';
import { type ParsedInbound, startLetter, toInbound } from './parse-letter.ts';

const chunkBytes = 256 * 1024;

export type FileParser = (rawFile: string, receivedAt: number) => ParsedInbound;

/**
 * Parses raw files of any size in bounded memory, one after the other; attachments become files. Throws `invalid-input`
 * with reason `letter-too-large` or `parse-failed` for the letter's fault, `not-found` or `unavailable` for the disk's.
 */
export function createFileParser(attachmentsDir: string, owner: string): FileParser {
  const store = createAttachmentFiles(attachmentsDir, owner);
  const chunk = Buffer.allocUnsafeSlow(chunkBytes);
  return (rawFile, receivedAt) => {
    try {
      const reading = startLetter(store, receivedAt);
      readChunks(rawFile, chunk, reading.write);
      const { message, attachments } = reading.end();
      return { ...message, attachments: attachments.map(toInbound) };
    } catch (thrown) {
      throw toParseError(thrown);
    }
  };
}

function readChunks(rawFile: string, chunk: Buffer, write: (bytes: Uint8Array) => void): void {
  const file = openSync(rawFile, 'r');
  try {
    const { size } = fstatSync(file);
    if (size > limits.letterBytes) {
      throw new AppError('invalid-input', {
        message: 'Letter is larger than can be parsed',
        details: { reason: 'letter-too-large', bytes: size, limit: limits.letterBytes },
      });
    }
    for (let count = readSync(file, chunk); count > 0; count = readSync(file, chunk)) {
      write(chunk.subarray(0, count));
    }
  } finally {
    closeSync(file);
  }
}

/** A full or failing disk must never send a good letter to quarantine. */
export function toParseError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const errno =
    thrown instanceof Error && 'syscall' in thrown && 'code' in thrown ? String(thrown.code) : undefined;
  if (errno === 'ENOENT') {
    return new AppError('not-found', {
      message: 'Raw file is gone',
      details: { reason: 'raw-missing' },
      cause: thrown,
    });
  }
  if (errno !== undefined) {
    const reason = errno === 'ENOSPC' || errno === 'EDQUOT' ? 'disk-full' : 'storage';
    return new AppError('unavailable', {
      message: 'Disk failed while parsing',
      details: { reason, errno },
      cause: thrown,
    });
  }
  return new AppError('invalid-input', {
    message: thrown instanceof Error ? thrown.message : 'Letter could not be parsed',
    details: { reason: 'parse-failed' },
    cause: thrown,
  });
}
