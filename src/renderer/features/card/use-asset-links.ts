import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';

type Asset = { readonly id: number; readonly code: string };
type Incident = { readonly id: number; readonly code: string };

/** What ties an asset to the incident and unties it, each with its words and its way back. */
export function useAssetLinks({ id: incidentId, code: incident }: Incident) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  return {
    bind: ({ id: assetId, code }: Asset) =>
      command(() => rpc.assets.bind({ incidentId, assetId }), {
        done: t('assets.bound.done', { incident, code }),
      }),
    unbind: ({ id: assetId, code }: Asset) =>
      command(() => rpc.assets.unbind({ incidentId, assetId }), {
        done: t('assets.bound.unbound', { incident, code }),
      }),
    reject: ({ id: assetId, code }: Asset) =>
      command(() => rpc.assets.unbind({ incidentId, assetId }), {
        done: t('assets.bound.rejected', { incident, code }),
      }),
  };
}
