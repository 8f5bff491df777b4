import { X } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { mostPreviewed, urgencies } from '../../../shared/domain/reaching.ts';
import type { Rpc } from '../../lib/desk.ts';
import { AddFiles } from '../../lib/files/add-files.tsx';
import { DropFiles } from '../../lib/files/drop-files.tsx';
import { FilesToSend } from '../../lib/files/file-list.tsx';
import { IncidentPicker } from '../../lib/incident-picker.tsx';
import type { NoticeRequest } from '../../lib/notice-request.ts';
import { LadderPreview } from '../../lib/reach/ladder-preview.tsx';
import { PartyPicker } from '../../lib/reach/party-picker.tsx';
import { useServerData } from '../../lib/server-data.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { focusFirstInvalid } from '../../ui/focus-first-invalid.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import styles from './notifications.module.css';
import { SmsLengthLine } from './sms-length-line.tsx';
import { useCompose } from './use-compose.ts';

type Writing = ReturnType<typeof useCompose>;

/** Tells one, several or a group the same, with what would happen to it before it is sent. */
export function ComposeDialog({
  request,
  onClose,
}: {
  readonly request: NoticeRequest;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const formId = useId();
  const writing = useCompose(request, onClose);
  const count = writing.parties.length;
  const send = (): void => {
    void writing.send().then((sent) => {
      const form = document.getElementById(formId);
      if (!sent && form) focusFirstInvalid(form);
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={
        request.incident
          ? t('notifications.compose.about', { code: request.incident.code })
          : t('notifications.compose.title')
      }
      closeLabel={t('notifications.compose.close')}
      width={960}
      footer={
        <>
          {writing.filesLeft ? (
            <span className={styles.faint} role="status">
              {t('notifications.compose.filesLeft')}
            </span>
          ) : null}
          <Button onClick={onClose}>{t('notifications.compose.cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} busy={writing.busy}>
            {count === 0 ? t('notifications.compose.sendNone') : t('notifications.compose.send', { count })}
          </Button>
        </>
      }
    >
      <DropFiles onFiles={writing.files.add}>
        <div className={styles.columns}>
          <form
            id={formId}
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault();
              send();
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              send();
            }}
          >
            <Receivers writing={writing} />
            <Segmented
              label={t('notifications.compose.urgency')}
              value={writing.state.urgency}
              options={urgencies.map((value) => ({ value, label: t(`ladders.urgency.${value}`) }))}
              onChange={(urgency) => writing.set({ urgency })}
            />
            <About writing={writing} />
            <Words writing={writing} />
          </form>
          <Preview writing={writing} />
        </div>
      </DropFiles>
    </Dialog>
  );
}

const groupKinds = ['route'] as const;
const loadGroups = (rpc: Rpc, signal: AbortSignal) => rpc.ladders.groups({}, { signal });

function Receivers({ writing }: { readonly writing: Writing }) {
  const { t } = useTranslation();
  const { data } = useServerData(loadGroups, groupKinds);
  const { to, groups } = writing.state;
  const offered = (data?.groups ?? []).filter(
    ({ active, id }) => active && !groups.some((chosen) => chosen.id === id),
  );
  return (
    <div className={styles.form}>
      <div className={styles.field}>
        <span className={styles.label} aria-hidden="true">
          {t('notifications.compose.to')}
        </span>
        <PartyPicker
          label={t('notifications.compose.to')}
          except={to}
          autoFocus
          onPick={(party) => writing.set({ to: [...to, party] })}
        />
      </div>
      {offered.length === 0 ? null : (
        <Select
          name={t('notifications.compose.group')}
          value={null}
          placeholder={t('notifications.compose.groupNone')}
          options={offered.map(({ id, name, members }) => ({
            value: String(id),
            label: t('notifications.compose.groupOf', { name, count: members.length }),
          }))}
          onChange={(value) => {
            const group = offered.find(({ id }) => String(id) === value);
            if (group) writing.set({ groups: [...groups, group] });
          }}
        />
      )}
      {to.length + groups.length === 0 ? null : (
        <ul className={styles.chips} aria-label={t('notifications.compose.chosen')}>
          {groups.map((group) => (
            <Chip
              key={`group ${group.id}`}
              words={t('notifications.compose.groupOf', { name: group.name, count: group.members.length })}
              onRemove={() => writing.set({ groups: groups.filter(({ id }) => id !== group.id) })}
            />
          ))}
          {to.map((party) => (
            <Chip
              key={`${party.kind} ${party.id}`}
              words={party.name}
              onRemove={() => writing.set({ to: to.filter((other) => other !== party) })}
            />
          ))}
        </ul>
      )}
      {writing.nobody ? (
        <Notice tone="bad" alert>
          {t('notifications.compose.nobody')}
        </Notice>
      ) : null}
    </div>
  );
}

function Chip({ words, onRemove }: { readonly words: string; readonly onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <li className={styles.chip}>
      <span title={words}>{words}</span>
      <IconButton
        small
        label={t('notifications.compose.remove', { name: words })}
        icon={<X size={12} />}
        onClick={onRemove}
      />
    </li>
  );
}

function About({ writing }: { readonly writing: Writing }) {
  const { t } = useTranslation();
  const { incident, templateId } = writing.state;
  if (incident) {
    return (
      <div className={styles.chosen}>
        <span>
          <span className={styles.label}>{t('notifications.compose.incident')}:</span> {incident.code}{' '}
          {incident.title}
        </span>
        <IconButton
          label={t('notifications.compose.clearIncident')}
          icon={<X size={14} />}
          onClick={() => writing.set({ incident: undefined })}
        />
      </div>
    );
  }
  return (
    <div className={styles.field}>
      <span className={styles.label} aria-hidden="true">
        {t('notifications.compose.incident')}
      </span>
      <IncidentPicker
        label={t('notifications.compose.incident')}
        except={null}
        onPick={({ id, code, title }) => void writing.fill(templateId, { id, code, title })}
      />
    </div>
  );
}

const templateKinds = ['notification'] as const;
const loadTemplates = (rpc: Rpc, signal: AbortSignal) => rpc.notifications.templates({}, { signal });

function Words({ writing }: { readonly writing: Writing }) {
  const { t } = useTranslation();
  const { data } = useServerData(loadTemplates, templateKinds);
  const { title, text, asks, templateId, unknown } = writing.state;
  const templates = data?.templates ?? [];
  return (
    <>
      {templates.length === 0 ? null : (
        <Select
          label={t('notifications.compose.template')}
          value={templateId === null ? null : String(templateId)}
          placeholder={t('notifications.compose.templateNone')}
          clearable
          options={templates.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(value) => void writing.fill(value === null ? null : Number(value))}
        />
      )}
      {unknown.length === 0 ? null : (
        <Notice tone="risk">{t('notifications.compose.unknown', { names: unknown.join(', ') })}</Notice>
      )}
      <Field
        label={t('notifications.compose.subject')}
        value={title}
        onChange={(value) => writing.set({ title: value })}
        maxLength={300}
      />
      <TextArea
        label={t('notifications.compose.text')}
        value={text}
        onChange={(value) => writing.set({ text: value })}
        minRows={4}
        maxRows={10}
        maxLength={4000}
        error={writing.noText ? t('notifications.compose.noText') : undefined}
      />
      <SmsLengthLine title={title} text={text} asks={asks} />
      <Attached writing={writing} />
      <Switch
        label={t('notifications.compose.asks')}
        description={t('notifications.compose.asksHint')}
        checked={asks}
        onChange={(value) => writing.set({ asks: value })}
      />
    </>
  );
}

function Attached({ writing: { files } }: { readonly writing: Writing }) {
  const { t } = useTranslation();
  return (
    <div className={styles.form}>
      <AddFiles onFiles={files.add} />
      <FilesToSend files={files} label={t('notifications.compose.files')} />
      {files.files.length === 0 ? null : (
        <p className={styles.faint}>{t('notifications.compose.filesHint')}</p>
      )}
    </div>
  );
}

function Preview({ writing }: { readonly writing: Writing }) {
  const { t } = useTranslation();
  const { parties, state } = writing;
  const more = parties.length - mostPreviewed;
  return (
    <section className={styles.preview} aria-label={t('notifications.compose.preview')} tabIndex={-1}>
      <h3 className={styles.previewTitle}>{t('notifications.compose.preview')}</h3>
      {parties.length === 0 ? (
        <p className={styles.faint}>{t('notifications.compose.previewEmpty')}</p>
      ) : (
        <LadderPreview to={parties.slice(0, mostPreviewed)} urgency={state.urgency} />
      )}
      {more > 0 ? (
        <p className={styles.faint}>{t('notifications.compose.previewMore', { count: more })}</p>
      ) : null}
    </section>
  );
}
