import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { RouteScene } from '../route-contract.ts';

type Letter = { readonly to: string; readonly from: string; readonly subject: string; readonly text: string };

/** A gateway that makes an SMS of letters to `<digits>@sms.example`; it wants a login. */
export async function startMailGateway() {
  const letters: Letter[] = [];
  const sockets = new Set<Socket>();
  let scene: RouteScene = 'well';

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    const say = (line: string) => void socket.write(`${line}\r\n`);
    const state = { from: '', to: '', isData: false, isKnown: false, rest: '' };

    const command = (line: string) => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') return void socket.write('250-gateway.example\r\n250 AUTH PLAIN\r\n');
      if (verb === 'AUTH') {
        const login = Buffer.from(line.split(' ')[2] ?? '', 'base64').toString();
        state.isKnown = login === '\u0000desk\u0000secret' && scene !== 'locked-out';
        return say(state.isKnown ? '235 2.7.0 welcome' : '535 5.7.8 authentication failed');
      }
      if (verb === 'QUIT') return say('221 bye');
      if (!state.isKnown) return say('530 5.7.0 authentication required');
      if (verb === 'MAIL') {
        state.from = /<(.*)>/.exec(line)?.[1] ?? '';
        return say(scene === 'throttles' ? '450 4.7.0 too many messages, try again later' : '250 2.1.0 ok');
      }
      if (verb === 'RCPT') {
        state.to = /<(.*)>/.exec(line)?.[1] ?? '';
        const isFine = /^[1-9]\d{9,14}@sms\.example$/.test(state.to) && scene !== 'refuses';
        return say(isFine ? '250 2.1.5 ok' : '550 5.1.1 no such telephone');
      }
      if (verb !== 'DATA') return say('250 ok');
      state.isData = true;
      return say('354 go on');
    };
    const takeLetter = (raw: string) => {
      state.isData = false;
      letters.push({ to: state.to, from: state.from, ...read(raw) });
      if (scene === 'silent') return;
      if (scene === 'hangs-up') socket.destroy();
      else say(scene === 'garbage' ? '<html>accepted</html>' : '250 2.0.0 queued as 7');
    };

    say('220 gateway.example ESMTP');
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      state.rest += chunk;
      for (;;) {
        const end = state.rest.indexOf(state.isData ? '\r\n.\r\n' : '\r\n');
        if (end === -1) return;
        const taken = state.rest.slice(0, end);
        state.rest = state.rest.slice(end + (state.isData ? 5 : 2));
        if (state.isData) takeLetter(taken);
        else command(taken);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    letters: letters as readonly Letter[],
    play: (next: RouteScene) => {
      scene = next;
    },
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function read(raw: string): Pick<Letter, 'subject' | 'text'> {
  const at = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, at).replaceAll(/\r\n[ \t]/g, '');
  const body = raw.slice(at + 4).replaceAll(/^\.\./gm, '.');
  const encoding = /^content-transfer-encoding: *(\S+)/im.exec(head)?.[1]?.toLowerCase();
  const subject = /^subject: *(.*)$/im.exec(head)?.[1] ?? '';
  return { subject, text: decode(body, encoding).toString('utf8') };
}

function decode(body: string, encoding: string | undefined): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1');
  const plain = body
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([\dA-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}
