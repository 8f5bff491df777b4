import { randomBytes } from 'node:crypto';
import { StringSession } from 'telegram/sessions/index.js';
import { describe, expect, it } from 'vitest';
import { createDeskSession } from './desk-session.ts';
import { readSession, writeSession } from './session-text.ts';

const place = { dcId: 4, address: '149.154.167.91', port: 443, key: randomBytes(256) };

describe('a session as text', () => {
  it('comes back as it was', async () => {
    const session = await createDeskSession(place);

    expect(session.text()).toBe(writeSession(place));
    expect(readSession(session.text())).toEqual(place);
  });

  it('can be taken to another client of this kind, and from it', async () => {
    const theirs = new StringSession(writeSession(place));
    await theirs.load();

    expect(theirs.dcId).toBe(4);
    expect(theirs.authKey?.getKey()).toEqual(place.key);
    expect(readSession(theirs.save())).toEqual(place);
  });

  it('is empty until there is a key', async () => {
    expect((await createDeskSession({ ...place, key: undefined })).text()).toBe('');
    expect((await createDeskSession(undefined)).text()).toBe('');
  });

  it.each([
    ['nothing', ''],
    ['another version', `2${writeSession(place).slice(1)}`],
    ['a cut one', writeSession(place).slice(0, -8)],
    ['one with something after it', writeSession({ ...place, key: randomBytes(300) })],
    ['an address that is none', writeSession({ ...place, address: 'evil.example/x' })],
  ])('that is %s is refused', (_, text) => {
    expect(() => readSession(text)).toThrow(expect.objectContaining({ reason: 'session-broken' }));
  });
});
