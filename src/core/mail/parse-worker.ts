import { parentPort, workerData } from 'node:worker_threads';
import { createFileParser, toParseError } from './parse/parse-file.ts';
import {
  type ParseAnswer,
  type ParseRequest,
  type ParseWorkerData,
  workerReady,
} from './parse/parse-protocol.ts';

/** Worker entry: one letter after the other; whatever a letter does here, the desk goes on. */
const port = parentPort;
if (port === null) throw new Error('parse-worker is started as a worker thread');

const { attachmentsDir, owner } = workerData as ParseWorkerData;
const parse = createFileParser(attachmentsDir, owner);

port.on('message', (request: ParseRequest) => {
  port.postMessage(answer(request));
});
port.postMessage(workerReady);

function answer({ id, rawFile, receivedAt }: ParseRequest): ParseAnswer {
  try {
    return { id, message: parse(rawFile, receivedAt) };
  } catch (thrown) {
    const { code, message, details } = toParseError(thrown);
    return { id, error: { code, message, details } };
  }
}
