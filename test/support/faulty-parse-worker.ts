import { parentPort, threadId } from 'node:worker_threads';

/** Speaks the parse pool's protocol and fails as the raw file's name says. */
const port = parentPort;
if (port === null) throw new Error('faulty-parse-worker is started as a worker thread');

port.on('message', ({ id, rawFile }: { id: number; rawFile: string }) => {
  if (rawFile === 'hang') for (;;) threadId.toString();
  if (rawFile === 'exit') process.exit(3);
  if (rawFile === 'memory') {
    const hoard: object[] = [];
    for (;;) hoard.push({ size: hoard.length, list: Array.from({ length: 100 }, (_, index) => ({ index })) });
  }
  port.postMessage({ id, message: { subject: rawFile } });
});
port.postMessage('ready');
