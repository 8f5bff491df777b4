import { createAssetKit } from './asset-kit.ts';

/** A process that imports a long file into the database it is given, and tells each chunk until it is killed. */
const [file = '', count = '0', tableWorker = ''] = process.argv.slice(2);
const kit = createAssetKit({ file, tableWorker });
kit.db.onCommit(({ kinds }) => {
  if (kinds.has('asset')) process.send?.(kit.assets.runs()[0]?.rows ?? 0);
});
await kit.load([
  'SiteId;Шифр',
  ...Array.from({ length: Number(count) }, (_, at) => `${at};${10_000 + at}-P-52`),
]);
process.send?.('done');
