import { createMemoryCapabilities } from '../../src/core/platform/capabilities-memory.ts';
import { restoreDesk } from '../../src/core/restore-desk.ts';
import { openKeepingDesk } from './keeping-crash-kit.ts';

/** A process that backs up, restores or removes by age, and tells how far it has come until it is killed. */
const [what = '', dataDir = '', other = ''] = process.argv.slice(2);
const tell = (done: number) => process.send?.(done);
if (what === 'backup') {
  const desk = openKeepingDesk(dataDir, 2);
  await desk.backUp(other, ({ phase, done }) => tell(phase === 'files' ? done : 0));
}
if (what === 'restore') {
  const { secretBox } = createMemoryCapabilities();
  await restoreDesk({ from: other, dataDir, recoveryKey: undefined, secretBox, onProgress: tell });
}
if (what === 'retention') {
  const desk = openKeepingDesk(dataDir, 3);
  let done = 0;
  desk.kit.db.onCommit(({ kinds }) => {
    if (kinds.has('incident')) tell((done += 50));
  });
  await desk.retention().run(null);
}
process.send?.('done');
