import { useRef, type RefObject } from 'react';
import { Card } from '../features/card/card.tsx';
import type { ComposerStore } from '../features/composer/composer-store.ts';
import { Composer } from '../features/composer/composer.tsx';
import { useShortcut } from '../lib/hotkeys.ts';

/** A card with its composer: the two features meet here. */
export function IncidentPage({
  incidentId,
  composer,
  onOpenWindow,
  focusRef,
}: {
  readonly incidentId: number;
  readonly composer: ComposerStore;
  readonly onOpenWindow?: (() => void) | undefined;
  readonly focusRef?: RefObject<HTMLDivElement | null> | undefined;
}) {
  const own = useRef<HTMLDivElement>(null);
  const flow = focusRef ?? own;
  useShortcut('reply', () => void composer.begin(incidentId, 'reply'));
  useShortcut('replyAll', () => void composer.begin(incidentId, 'reply-all'));
  useShortcut('forward', () => void composer.begin(incidentId, 'forward'));

  return (
    <Card
      incidentId={incidentId}
      focusRef={flow}
      onOpenWindow={onOpenWindow}
      composer={<Composer composer={composer} incidentId={incidentId} onLook={() => flow.current?.focus()} />}
    />
  );
}
