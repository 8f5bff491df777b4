import { parseArgs } from 'node:util';
import { startControlServer } from './control-server.ts';
import { createTelegramDc } from './telegram-dc.ts';

// The test servers as a process: one line on stdout says where they are, the end of stdin ends them.
const { values } = parseArgs({ options: { keep: { type: 'string' } } });
const dc = createTelegramDc({ keepMessages: values.keep === undefined ? undefined : Number(values.keep) });
await dc.start();
const control = await startControlServer(dc);
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.stdin.resume();
console.log(JSON.stringify({ network: dc.network(), control: control.url }));
