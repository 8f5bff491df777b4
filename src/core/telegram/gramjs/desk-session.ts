import { AuthKey } from 'telegram/crypto/AuthKey.js';
import { EntityCache } from 'telegram/entityCache.js';
import { MemorySession } from 'telegram/sessions/index.js';
import { writeSession, type SavedSession } from './session-text.ts';

/**
 * Where the client is signed in, and nothing else: people and chats are addressed by what the database keeps, so what
 * GramJS would remember of everyone it ever saw (a row more with every update) is not kept.
 */
export class DeskSession extends MemorySession {
  override processEntities(): void {}

  /** Empty until there is a key. */
  text(): string {
    const { dcId, serverAddress: address, port, authKey } = this;
    const key = authKey?.getKey();
    return key === undefined || !address ? '' : writeSession({ dcId, address, port: port || 443, key });
  }
}

export type SessionPlace = Omit<SavedSession, 'key'> & { readonly key: Uint8Array | undefined };

export async function createDeskSession(place: SessionPlace | undefined): Promise<DeskSession> {
  const session = new DeskSession();
  if (place === undefined) return session;
  session.setDC(place.dcId, place.address, place.port);
  if (place.key !== undefined) {
    const authKey = new AuthKey();
    await authKey.setKey(Buffer.from(place.key));
    session.setAuthKey(authKey, place.dcId);
  }
  return session;
}

/** The library's second memory of everyone, in the client itself. */
export class NoEntities extends EntityCache {
  override add(): void {}
}
