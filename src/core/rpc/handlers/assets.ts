import type { PultContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { bindAsset, unbindAsset } from '../../incidents/bind-assets.ts';
import type { DeskParts } from '../desk-parts.ts';
import { actorOf, type Context } from '../desk-session.ts';
import { withUndo } from './undo.ts';

export function assetHandlers({ assets, desk }: DeskParts): Pick<Handlers<PultContract, Context>, 'assets'> {
  return {
    assets: {
      list: ({ offset, limit, ...filter }) => assets.list(filter, offset, limit),
      view: ({ id }) => assets.view(id),
      lists: () => assets.lists(),
      complete: (query) => assets.complete(query),
      save: (asset, context) => withUndo(desk, () => ({ id: assets.save(asset, actorOf(context)) })),
      saveGroup: (group, context) =>
        withUndo(desk, () => ({ id: assets.saveGroup(group, actorOf(context)) })),
      saveRegion: (region, context) =>
        withUndo(desk, () => {
          assets.saveRegion(region, actorOf(context));
          return {};
        }),
      ofIncident({ incidentId }) {
        desk.incidents.require(incidentId);
        return { assets: desk.incidentAssets.view(incidentId) };
      },
      bind: (link, context) => bindAsset(desk, link, actorOf(context)),
      unbind: (link, context) => unbindAsset(desk, link, actorOf(context)),
      preview: ({ uploadId, mapping }) => assets.preview({ uploadId, mapping }),
      importFile: (file, context) => assets.importFile(file, actorOf(context)),
      runs: () => ({ runs: assets.runs() }),
      refusals: ({ runId, offset, limit }) => assets.refusals(runId, offset, limit),
      sources: () => ({ sources: assets.sources() }),
      saveSource: (source, context) => ({ id: assets.saveSource(source, actorOf(context)) }),
      trySource: (source) => assets.sync.trySource(source),
      syncSource: async ({ id, force }, context) => ({
        run: await assets.sync.syncNow(id, force, actorOf(context)),
      }),
    },
  };
}
