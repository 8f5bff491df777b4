import type { ImapExchange, ImapHandler, ScriptedFolder, ScriptedMessage } from './scripted-imap.ts';

/** What a well-behaved server does; enough for imapflow to log in, list, select, fetch, idle and append. */
export const happyHandlers: Readonly<Record<string, ImapHandler>> = {
  CAPABILITY({ connection, untagged, ok }) {
    untagged(`CAPABILITY ${connection.state.capabilities.join(' ')}`);
    ok();
  },
  ID({ untagged, ok }) {
    untagged('ID ("name" "scripted")');
    ok();
  },
  NOOP: ({ ok }) => ok(),
  LOGIN({ args, connection, ok, no }) {
    const [user = '', password = ''] = readStrings(args);
    if (connection.state.users[user] === password) ok('logged in');
    else no('[AUTHENTICATIONFAILED] wrong name or password');
  },
  NAMESPACE({ untagged, ok }) {
    untagged('NAMESPACE (("" "/")) NIL NIL');
    ok();
  },
  LIST: listFolders,
  LSUB: listFolders,
  STATUS({ args, connection, untagged, ok, no }) {
    const [path = ''] = readStrings(args);
    const folder = connection.state.folders.get(path);
    if (folder === undefined) return no('no such folder');
    const { uidNext, uidValidity, messages } = folder;
    untagged(`STATUS "${path}" (MESSAGES ${messages.length} UIDNEXT ${uidNext} UIDVALIDITY ${uidValidity})`);
    ok();
  },
  SELECT: openFolder,
  EXAMINE: openFolder,
  FETCH: fetchMessages,
  'UID FETCH': fetchMessages,
  'UID SEARCH'({ connection, untagged, ok }) {
    const uids = selectedFolder(connection).messages.map(({ uid }) => uid);
    untagged(`SEARCH ${uids.join(' ')}`.trimEnd());
    ok();
  },
  async IDLE({ connection, ok }) {
    connection.send('+ idling');
    connection.idling = true;
    await connection.readLine();
    connection.idling = false;
    ok();
  },
  APPEND({ args, connection, ok, no }) {
    const [path = ''] = readStrings(args);
    const folder = connection.state.folders.get(path);
    const literal = /\{\d+\+?\}\r\n/.exec(args);
    if (folder === undefined || literal === null) return no('[TRYCREATE] no such folder');
    const raw = Buffer.from(args.slice(literal.index + literal[0].length), 'latin1');
    const uid = folder.uidNext;
    folder.uidNext += 1;
    folder.messages.push({ uid, raw, flags: new Set(), receivedAt: Date.now() });
    ok(`[APPENDUID ${folder.uidValidity} ${uid}] added`);
  },
  CLOSE({ connection, ok }) {
    connection.selected = undefined;
    ok();
  },
  LOGOUT({ connection, ok }) {
    connection.send('* BYE see you');
    ok();
    connection.drop();
  },
};

/** A FETCH answer for one letter; exported so that an override can send half of it. */
export function fetchLine(sequence: number, message: ScriptedMessage, items: string): Buffer {
  const wanted = items.toUpperCase();
  const parts = [`UID ${message.uid}`];
  if (wanted.includes('FLAGS')) parts.push(`FLAGS (${[...message.flags].join(' ')})`);
  if (wanted.includes('INTERNALDATE')) parts.push(`INTERNALDATE "${toInternalDate(message.receivedAt)}"`);
  if (wanted.includes('RFC822.SIZE')) parts.push(`RFC822.SIZE ${message.raw.length}`);
  const section = /BODY(?:\.PEEK)?(\[[^\]]*\])/.exec(wanted)?.[1];
  const head = `${sequence} FETCH (${parts.join(' ')}`;
  if (section === undefined) return Buffer.from(`${head})`);
  const raw = section.startsWith('[HEADER') ? headerOf(message.raw) : message.raw;
  return Buffer.concat([Buffer.from(`${head} BODY${section} {${raw.length}}\r\n`), raw, Buffer.from(')')]);
}

function listFolders({ command, args, connection, untagged, ok }: ImapExchange): void {
  const pattern = readStrings(args.replace(/^\([^)]*\) /, ''))[1] ?? '*';
  for (const [path, { specialUse }] of connection.state.folders) {
    if (!/[*%]/.test(pattern) && pattern !== path) continue;
    untagged(`${command} (\\HasNoChildren${specialUse === undefined ? '' : ` ${specialUse}`}) "/" "${path}"`);
  }
  ok();
}

function openFolder({ command, args, connection, untagged, ok, no }: ImapExchange): void {
  const [path = ''] = readStrings(args);
  const folder = connection.state.folders.get(path);
  if (folder === undefined) return no('[NONEXISTENT] no such folder');
  connection.selected = path;
  untagged('FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)');
  untagged(`${folder.messages.length} EXISTS`);
  untagged('0 RECENT');
  untagged(`OK [UIDVALIDITY ${folder.uidValidity}] fixed`);
  untagged(`OK [UIDNEXT ${folder.uidNext}] next`);
  ok(command === 'EXAMINE' ? '[READ-ONLY] opened' : '[READ-WRITE] opened');
}

function fetchMessages({ command, args, connection, untagged, ok }: ImapExchange): void {
  const { messages } = selectedFolder(connection);
  const [, range = '', items = ''] = /^(\S+) (.*)$/s.exec(args) ?? [];
  const numberOf = (message: ScriptedMessage, index: number) =>
    command === 'UID FETCH' ? message.uid : index + 1;
  const last = messages.reduce((highest, message, index) => Math.max(highest, numberOf(message, index)), 0);
  for (const [index, message] of messages.entries()) {
    if (isInRange(numberOf(message, index), range, last)) untagged(fetchLine(index + 1, message, items));
  }
  ok();
}

function selectedFolder({ state, selected }: ImapExchange['connection']): ScriptedFolder {
  const folder = state.folders.get(selected ?? '');
  if (folder === undefined) throw new Error('no folder selected');
  return folder;
}

function isInRange(number: number, range: string, last: number): boolean {
  return range.split(',').some((part) => {
    const [from = 0, to = from] = part.split(':').map((edge) => (edge === '*' ? last : Number(edge)));
    return number >= Math.min(from, to) && number <= Math.max(from, to);
  });
}

/** Quoted strings, literals and atoms, in order. */
function readStrings(args: string): string[] {
  const found = args.matchAll(/"((?:[^"\\]|\\.)*)"|\{(\d+)\+?\}\r\n|([^\s"(){]+)/g);
  const strings: string[] = [];
  let skipUntil = 0;
  for (const match of found) {
    if (match.index < skipUntil) continue;
    if (match[2] === undefined) strings.push(match[3] ?? (match[1] ?? '').replaceAll(/\\(.)/g, '$1'));
    else {
      const start = match.index + match[0].length;
      skipUntil = start + Number(match[2]);
      strings.push(args.slice(start, skipUntil));
    }
  }
  return strings;
}

function headerOf(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n');
  return end < 0 ? raw : raw.subarray(0, end + 4);
}

function toInternalDate(epochMs: number): string {
  const [, day = '', month = '', year = '', time = ''] =
    /^\w+, (\d+) (\w+) (\d+) (\S+)/.exec(new Date(epochMs).toUTCString()) ?? [];
  return `${day}-${month}-${year} ${time} +0000`;
}
