import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';

export function reportsHandlers({ reports }: DeskParts): Pick<Handlers<PultContract, Context>, 'reports'> {
  return {
    reports: {
      dashboard: (input) => reports.dashboard(input),
      choices() {
        const { region, macroregion, contractor, group } = reports.names();
        return { regions: region, macroregions: macroregion, contractors: contractor, groups: group };
      },
      journal: ({ period, before, limit }) => reports.journal(period, before, limit),
      startExport: async (input) => reports.exports.start(input),
      exportState: ({ id }) => reports.exports.state(id),
      async cancelExport({ id }) {
        await reports.exports.cancel(id);
        return {};
      },
      completeness: () => reports.completeness.view(),
      async compareMailbox({ accountId }) {
        await reports.completeness.compare(accountId);
        return {};
      },
      fetchMissing: ({ folderId, uids }) => reports.completeness.fetch(folderId, uids),
      mapIncidents: () => ({ ...reports.mapIncidents(), tiles: reports.tiles() }),
      saveTiles({ tiles }, context) {
        reports.saveTiles(tiles, actorOf(context));
        return {};
      },
    },
  };
}
