import { describe, expect, test } from 'vitest';
import type { StoredFile } from '../../shared/contract/common.ts';
import { AppError } from '../../shared/errors.ts';
import { createUploads, type Upload } from './uploads.ts';

const place = 'chat-1';

/** Uploads that end when the test says so. */
function setUp() {
  const running = new Map<string, { resolve(stored: StoredFile): void; reject(error: Error): void }>();
  const stored: string[] = [];
  let shown: readonly Upload[] = [];
  const uploads = createUploads({
    upload: (file, _onShare, signal) =>
      new Promise((resolve, reject) => {
        running.set(file.name, { resolve, reject });
        signal.addEventListener('abort', () => reject(new AppError('cancelled')));
      }),
    change: (_place, by) => {
      shown = by(shown);
    },
    onStored: (_place, { fileName }) => void stored.push(fileName),
  });
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return {
    uploads,
    stored,
    shown: () => shown,
    settled,
    async finish(name: string) {
      running
        .get(name)
        ?.resolve({ sha256: name.padEnd(64, '0'), fileName: name, size: 1, mimeType: 'text/plain' });
      await settled();
    },
    async fail(name: string) {
      running.get(name)?.reject(new AppError('unavailable'));
      await settled();
    },
  };
}

const file = (name: string): File => new File(['x'], name);

describe('files given together', () => {
  test('are kept in their order, whichever is on the disk first', async () => {
    const { uploads, stored, finish, settled } = setUp();
    uploads.start(place, [file('large'), file('small')]);
    await settled();

    await finish('small');
    expect(stored).toEqual([]);
    await finish('large');
    expect(stored).toEqual(['large', 'small']);
  });

  test('do not wait for one that failed or was taken out', async () => {
    const { uploads, stored, finish, fail, settled, shown } = setUp();
    uploads.start(place, [file('broken'), file('unwanted'), file('good')]);
    await settled();
    const unwanted = shown().find(({ fileName }) => fileName === 'unwanted');

    uploads.cancel(place, unwanted?.key ?? '');
    await fail('broken');
    await finish('good');
    expect(stored).toEqual(['good']);
    expect(shown().map(({ fileName }) => fileName)).toEqual(['broken']);
  });

  test('wait for nothing of another place', async () => {
    const { uploads, stored, finish, settled } = setUp();
    uploads.start(place, [file('large')]);
    uploads.start('chat-2', [file('other')]);
    await settled();

    await finish('other');
    expect(stored).toEqual(['other']);
  });
});
