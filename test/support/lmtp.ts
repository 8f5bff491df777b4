import { connect } from 'node:net';

type Delivery = { readonly from: string; readonly to: string; readonly raw: string | Uint8Array };

/** One letter over LMTP (RFC 2033); rejects with the server's line when it is not taken. */
export async function deliverOverLmtp(port: number, { from, to, raw }: Delivery): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const lines = readLines(socket);
  const expectCode = async (code: string) => {
    for (;;) {
      const { value: line, done } = await lines.next();
      if (done) throw new Error('lmtp closed the connection');
      if (!line.startsWith(code)) throw new Error(`lmtp: ${line}`);
      if (line[3] !== '-') return;
    }
  };
  try {
    await expectCode('220');
    const dialogue: readonly [string, string][] = [
      ['LHLO test', '250'],
      [`MAIL FROM:<${from}>`, '250'],
      [`RCPT TO:<${to}>`, '250'],
      ['DATA', '354'],
    ];
    for (const [command, code] of dialogue) {
      socket.write(`${command}\r\n`);
      await expectCode(code);
    }
    socket.write(dotStuffed(raw));
    await expectCode('250');
  } finally {
    socket.destroy();
  }
}

function dotStuffed(raw: string | Uint8Array): Buffer {
  const text = Buffer.from(raw).toString('latin1').replaceAll(/\r?\n/g, '\r\n').replaceAll(/^\./gm, '..');
  return Buffer.from(text.endsWith('\r\n') ? `${text}.\r\n` : `${text}\r\n.\r\n`, 'latin1');
}

async function* readLines(socket: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of socket) {
    const parts = (rest + chunk.toString('latin1')).split('\r\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}
