import { Paperclip } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../shared/contract/calls.ts';
import { isCallOpen } from '../../../shared/domain/calls.ts';
import { useDesk } from '../../lib/desk.ts';
import { DropFiles } from '../../lib/files/drop-files.tsx';
import { FilesToSend } from '../../lib/files/file-list.tsx';
import { useFiles } from '../../lib/files/use-files.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import styles from './chat.module.css';

/** A message to whom the call is with, over the channel they answered by last. */
export function CallComposer({ call }: { readonly call: CallView }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const keys = useKeys();
  const command = useCommand();
  const files = useFiles();
  const field = useRef<HTMLTextAreaElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  useShortcut('reply', () => field.current?.focus());
  if (!isCallOpen(call.state)) return <p className={styles.closed}>{t('calls.page.chatOver')}</p>;
  if (call.contactId === null) return <p className={styles.closed}>{t('calls.page.chatNobody')}</p>;
  const isEmpty = text.trim() === '' && files.files.length === 0;

  async function send(): Promise<void> {
    if (busy || isEmpty || files.isBusy) return;
    setBusy(true);
    const said = await command(() => rpc.calls.say({ id: call.id, text, files: [...files.files] }));
    setBusy(false);
    if (!said) return;
    setText('');
    files.clear();
    field.current?.focus();
  }

  return (
    <DropFiles onFiles={files.add}>
      <form
        className={styles.composer}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <FilesToSend files={files} label={t('calls.create.photos')} />
        <TextArea
          ref={field}
          name={t('calls.page.write')}
          placeholder={t('calls.page.writeTo', { name: call.contactName ?? '' })}
          value={text}
          onChange={setText}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            void send();
          }}
          minRows={2}
          maxRows={8}
          maxLength={4000}
        />
        <div className={styles.actions}>
          <IconButton
            label={t('calls.page.attach')}
            icon={<Paperclip size={16} />}
            onClick={() => input.current?.click()}
          />
          <span className={styles.way}>
            {call.speaksBy
              ? t('calls.page.by', { channel: t(`ladders.channel.${call.speaksBy}`) })
              : t('calls.page.byLadder')}
          </span>
          <Button
            kind="primary"
            type="submit"
            keys={keys('send')}
            busy={busy}
            disabled={isEmpty || files.isBusy}
          >
            {t('calls.page.send')}
          </Button>
        </div>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label={t('calls.page.attach')}
          onChange={(event) => {
            files.add([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </form>
    </DropFiles>
  );
}
