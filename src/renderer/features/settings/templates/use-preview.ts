import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { PultContract } from '../../../../shared/contract/index.ts';
import { useDesk } from '../../../lib/desk.ts';
import type { TemplateDraft } from './template-draft.ts';

type Facts = z.infer<PultContract['templates']['facts']['output']>;
type Preview = z.infer<PultContract['templates']['preview']['output']>;

/** A pause in typing this long shows the letter anew. */
const quietMs = 200;

/** The letter as it would begin with the facts of an incident, kept with what is typed. */
export function usePreview(
  draft: TemplateDraft,
  code: string,
): { readonly facts: Facts | undefined; readonly preview: Preview | undefined } {
  const { rpc } = useDesk();
  const [facts, setFacts] = useState<Facts>();
  const [preview, setPreview] = useState<Preview>();
  const { subject, body, audience, thread } = draft;
  const incidentId = facts?.incident?.id;

  useEffect(
    () =>
      soon((signal) =>
        rpc.templates.facts({ code }, { signal }).then((found) => !signal.aborted && setFacts(found)),
      ),
    [rpc, code],
  );

  useEffect(() => {
    if (incidentId === undefined) return undefined;
    return soon((signal) =>
      rpc.templates
        .preview({ incidentId, subject, body, audience, thread }, { signal })
        .then((shown) => !signal.aborted && setPreview(shown)),
    );
  }, [rpc, incidentId, subject, body, audience, thread]);

  return { facts, preview: incidentId === undefined ? undefined : preview };
}

/** After a moment, unless something newer comes first; what was shown stays when the answer cannot be had. */
function soon(run: (signal: AbortSignal) => Promise<unknown>): () => void {
  const stop = new AbortController();
  const timer = setTimeout(() => void run(stop.signal).catch(() => undefined), quietMs);
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
}
