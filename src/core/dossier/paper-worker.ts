import { parentPort, workerData } from 'node:worker_threads';
import pdfmake from 'pdfmake';
import roboto from 'pdfmake/fonts/Roboto.js';
import type { PdfPlan } from './dossier-pdf.ts';

/** Worker entry: one document. Laying out hundreds of letters takes seconds no page should wait. */
const port = parentPort;
if (port === null) throw new Error('paper-worker is started as a worker thread');

pdfmake.setFonts(roboto);
// Nothing is fetched and no file is read but the letters of the alphabet: what is laid out is other people's words.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => Object.values(roboto.Roboto).includes(path));

const bytes = await pdfmake
  .createPdf({
    ...(workerData as PdfPlan),
    footer: (page: number, pages: number) => ({
      text: `${page} / ${pages}`,
      alignment: 'right',
      margin: [0, 12, 40, 0],
      fontSize: 8,
    }),
    // A heading at the foot of a page goes to the next with what it is about.
    pageBreakBefore: (node, nodes) =>
      node.headlineLevel === 1 && nodes.getFollowingNodesOnPage().length === 0,
  })
  .getBuffer();
port.postMessage(new Uint8Array(bytes));
