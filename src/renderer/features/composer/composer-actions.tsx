import { Paperclip, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../../shared/contract/letters.ts';
import { useKeys } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './composer.module.css';
import { blockedBy, type Slot } from './composer-state.ts';
import type { ComposerStore } from './composer-store.ts';
import { TemplateMenu } from './template-menu.tsx';

export function ComposerActions({
  composer,
  slotKey,
  slot,
  draft,
  onAttach,
}: {
  readonly composer: ComposerStore;
  readonly slotKey: string;
  readonly slot: Slot;
  readonly draft: Draft;
  readonly onAttach: (files: readonly File[]) => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const picker = useRef<HTMLInputElement>(null);
  const blocked = blockedBy(slot);

  return (
    <div className={styles.actions}>
      <Button
        kind="primary"
        keys={keys('send')}
        busy={slot.sending}
        disabled={blocked !== undefined}
        onClick={() => void composer.send(slotKey)}
      >
        {t('composer.send')}
      </Button>
      {draft.incidentId === null ? null : (
        <TemplateMenu
          onChoose={(templateKey) =>
            void composer.begin(
              draft.incidentId,
              draft.mode === 'reply' || draft.mode === 'reply-all' ? draft.mode : 'reply-all',
              draft.sourceId ?? undefined,
              templateKey,
            )
          }
        />
      )}
      <Button icon={<Paperclip size={14} />} onClick={() => picker.current?.click()}>
        {t('composer.attach.button')}
      </Button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          onAttach([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <span className={styles.spacer} />
      <IconButton
        label={t('composer.discard')}
        icon={<Trash2 size={15} />}
        onClick={() => void composer.discard(slotKey)}
      />
      <span className={styles.blocked} aria-live="polite">
        {blocked ? t(`composer.blocked.${blocked}`) : ''}
      </span>
    </div>
  );
}
