import type { ImportRefusal } from '../../../shared/contract/assets.ts';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';

const pageSize = 5000;

/** Every refusal of a run, page by page; undefined after a failure, which is told. */
export function useAllRefusals(): (runId: number) => Promise<readonly ImportRefusal[] | undefined> {
  const { rpc } = useDesk();
  const command = useCommand();
  return (runId) =>
    command(async () => {
      const found: ImportRefusal[] = [];
      for (;;) {
        const { total, refusals } = await rpc.assets.refusals({
          runId,
          offset: found.length,
          limit: pageSize,
        });
        found.push(...refusals);
        if (refusals.length === 0 || found.length >= total) return found;
      }
    });
}
