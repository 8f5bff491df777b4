import { useRef, useState, type ClipboardEvent, type DragEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../../shared/contract/letters.ts';
import { useDesk } from '../../lib/desk.ts';
import { useFailureText } from '../../lib/failure.ts';
import { useShortcut } from '../../lib/hotkeys.ts';
import { classNames } from '../../ui/class-names.ts';
import { AddressRows } from './address-rows.tsx';
import { AttachmentList } from './attachment-list.tsx';
import { BodyField } from './body-field.tsx';
import { ColleagueBar } from './colleague-bar.tsx';
import { ComposerActions } from './composer-actions.tsx';
import { ComposerHeader } from './composer-header.tsx';
import styles from './composer.module.css';
import { LetterNotes } from './letter-notes.tsx';
import { MergedApplicants } from './merged-applicants.tsx';
import type { Slot } from './composer-state.ts';
import type { ComposerStore } from './composer-store.ts';

/** The letter itself. Escape gives the keyboard back to the desk and leaves the draft where it is. */
export function ComposerForm({
  composer,
  slotKey,
  slot,
  draft,
  onLook,
  onClose,
}: {
  readonly composer: ComposerStore;
  readonly slotKey: string;
  readonly slot: Slot;
  readonly draft: Draft;
  readonly onLook?: (() => void) | undefined;
  readonly onClose?: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const { toasts } = useDesk();
  const form = useRef<HTMLFormElement>(null);
  const [dragging, setDragging] = useState(false);
  const failureText = useFailureText();

  useShortcut('send', () => {
    if (!form.current?.contains(document.activeElement)) return false;
    void composer.send(slotKey);
    return undefined;
  });

  function attach(files: readonly File[]): void {
    const over = composer.attach(slotKey, files);
    if (over > 0) toasts.show({ text: t('composer.attach.overLimit', { count: over }), tone: 'error' });
  }

  function onPaste(event: ClipboardEvent): void {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    attach(files);
  }

  function onDrop(event: DragEvent): void {
    setDragging(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    attach([...event.dataTransfer.files]);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    onLook?.();
    void composer.leave(slotKey);
    onClose?.();
  }

  return (
    <form
      ref={form}
      className={classNames(styles.form, dragging && styles.dragging)}
      aria-label={t(`composer.title.${draft.mode}`)}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      onDrop={onDrop}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={() => setDragging(false)}
    >
      <ComposerHeader composer={composer} slotKey={slotKey} slot={slot} draft={draft} onClose={onClose} />
      {slot.colleague ? (
        <ColleagueBar composer={composer} slotKey={slotKey} {...slot.colleague} onLook={onLook} />
      ) : null}
      {draft.incidentId !== null && draft.templateKey !== null ? (
        <LetterNotes incidentId={draft.incidentId} templateKey={draft.templateKey} />
      ) : null}
      <AddressRows composer={composer} slotKey={slotKey} slot={slot} draft={draft} />
      {draft.incidentId === null ? null : (
        <MergedApplicants composer={composer} slotKey={slotKey} draft={draft} incidentId={draft.incidentId} />
      )}
      <div className={styles.writing}>
        <BodyField
          key={draft.id}
          body={draft.body}
          onBody={(body) => composer.edit(slotKey, { body })}
          focusAsked={draft.recipients.to.length > 0 ? slot.focusAsked : 0}
          onLeave={() => void composer.flush(slotKey)}
        />
        <AttachmentList composer={composer} slotKey={slotKey} slot={slot} />
      </div>
      {slot.failure ? (
        <p className={styles.failure} role="alert">
          {failureText(slot.failure)}
        </p>
      ) : null}
      <ComposerActions composer={composer} slotKey={slotKey} slot={slot} draft={draft} onAttach={attach} />
      {dragging ? <p className={styles.drop}>{t('composer.attach.drop')}</p> : null}
    </form>
  );
}
