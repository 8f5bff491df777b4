import type { AddressInfo } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';
import type { RouteScene } from '../route-contract.ts';

export type CentreMessage = {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly text: string;
  readonly parts: number;
};

type Part = { readonly count: number; readonly index: number; readonly text: string };

/** A message centre by the package `smpp`, which reads and writes units in its own way and so checks ours. */
export async function startSmppCentre() {
  const messages: CentreMessage[] = [];
  const sessions = new Set<Session>();
  const parts = new Map<string, Part[]>();
  const events: string[] = [];
  let scene: RouteScene | number = 'well';
  let refusesPart = 0;
  let last = 0;
  let unanswered = 0;
  let peak = 0;

  const take = (pdu: Pdu): string => {
    last += 1;
    const id = `A${String(last).padStart(7, '0')}`;
    const text = String(pdu.short_message.message ?? '');
    const [, , , reference = 0, count = 1, index = 1] = pdu.short_message.udh?.[0]
      ? [0, 0, 0, ...pdu.short_message.udh[0].subarray(-3)]
      : [];
    const key = `${pdu.destination_addr}:${reference}`;
    // A telephone joins parts by their numbers: one that comes twice is the same part.
    const others = (parts.get(key) ?? []).filter((part) => part.index !== index);
    const all = [...others, { count, index, text }];
    parts.set(key, all);
    if (all.length === count) {
      parts.delete(key);
      const whole = all.toSorted((one, other) => one.index - other.index).map((part) => part.text);
      const { destination_addr: to, source_addr: from } = pdu;
      messages.push({ id, to, from, text: whole.join(''), parts: count });
    }
    return id;
  };

  const submit = (session: Session, pdu: Pdu): void => {
    unanswered += 1;
    peak = Math.max(peak, unanswered);
    // Later, as a centre does that has to think: whoever sends on meanwhile has more unanswered.
    const answer = (status: number, id = '') =>
      void setImmediate(() => {
        unanswered -= 1;
        session.send(pdu.response({ command_status: status, message_id: id }));
      });
    if (scene === 'refuses') return answer(0x0b);
    if (scene === 'throttles') return answer(0x58);
    if (typeof scene === 'number') return answer(scene);
    const isPart = pdu.short_message.udh?.[0]?.at(-1) === refusesPart;
    if (isPart && refusesPart > 0) {
      refusesPart = 0;
      return answer(0x58);
    }
    const id = take(pdu);
    if (scene === 'silent') return;
    if (scene === 'hangs-up') return session.destroy();
    if (scene === 'garbage') return void session.socket.write('<html>gateway time-out</html>');
    answer(0, id);
  };

  const server = smpp.createServer((session) => {
    sessions.add(session);
    session.on('close', () => void sessions.delete(session));
    session.on('error', () => session.destroy());
    session.on('bind_transceiver', (pdu) => {
      const isKnown = pdu.system_id === 'desk' && pdu.password === 'secret' && scene !== 'locked-out';
      session.send(pdu.response({ command_status: isKnown ? 0 : 0x0e, system_id: 'centre' }));
    });
    session.on('submit_sm', (pdu) => submit(session, pdu));
    session.on('enquire_link', (pdu) => {
      events.push('enquire_link');
      if (scene !== 'silent') session.send(pdu.response());
    });
    session.on('unbind', (pdu) => {
      events.push('unbind');
      session.send(pdu.response());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  /** Resolves with the status the desk answers. */
  const deliver = (fields: Readonly<Record<string, unknown>>): Promise<number> =>
    new Promise((resolve, reject) => {
      const [session] = sessions;
      if (!session) reject(new Error('nobody is bound'));
      else session.deliver_sm(fields, ({ command_status }) => resolve(command_status));
    });
  return {
    port: (server.address() as AddressInfo).port,
    messages: messages as readonly CentreMessage[],
    events: events as readonly string[],
    sessions,
    /** The most messages that were unanswered at once. */
    peak: () => peak,
    play: (next: RouteScene | number) => {
      scene = next;
    },
    /** That part of the next message is asked to wait, once. */
    holdPart: (index: number) => {
      refusesPart = index;
    },
    receipt: (id: string, stat: string) =>
      deliver({
        esm_class: 4,
        source_addr: '79005550112',
        short_message: `id:${id} sub:001 dlvrd:001 submit date:2603040600 done date:2603040601 stat:${stat} err:000 text:`,
      }),
    say: (from: string, message: string, udh?: Buffer) =>
      deliver({
        esm_class: udh ? 0x40 : 0,
        source_addr: from,
        data_coding: 8,
        short_message: udh ? { udh, message } : { message },
      }),
    stop: () => {
      for (const session of sessions) session.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
