import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { safeLine } from '../../lib/safe-text.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { MarkedText } from '../../ui/marked-text.tsx';
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list.tsx';
import { ChatRowView } from './chat-row.tsx';
import styles from '../../ui/hits.module.css';
import type { ChatHit, Finding } from './use-search.ts';

/** What was found: chats by name first, then messages, the latest above. */
export function Findings({
  findings,
  error,
  pending,
  active,
  onActive,
  onOpen,
  listRef,
}: {
  readonly findings: readonly Finding[] | undefined;
  readonly error: AppError | undefined;
  readonly pending: boolean;
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly onOpen: (finding: Finding) => void;
  readonly listRef: React.Ref<VirtualListHandle>;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  if (error) return <EmptyState tone="error" title={errorText(error)} />;
  if (!findings) return <EmptyState title={t('common.loading')} />;
  if (findings.length === 0) {
    return <EmptyState title={t('chats.search.nothing')}>{t('chats.search.nothingText')}</EmptyState>;
  }
  return (
    <div className={styles.root} data-pending={pending || undefined}>
      <p className={styles.count} role="status">
        {t('chats.search.found', { count: findings.length })}
      </p>
      <VirtualList
        ref={listRef}
        count={findings.length}
        rowHeight={54}
        label={t('chats.search.results')}
        columnCount={1}
        active={active}
        onActive={onActive}
        onOpen={(index) => {
          const finding = findings[index];
          if (finding) onOpen(finding);
        }}
        rowKey={(index) => keyOf(findings[index], index)}
        renderRow={(index) => {
          const finding = findings[index];
          if (!finding) return null;
          if (finding.kind === 'chat') return <ChatRowView row={finding.chat} />;
          return <Hit hit={finding.hit} />;
        }}
      />
    </div>
  );
}

function keyOf(finding: Finding | undefined, index: number): string {
  if (!finding) return `none-${index}`;
  return finding.kind === 'chat' ? `chat-${finding.chat.id}` : `message-${finding.hit.messageId}`;
}

function Hit({ hit }: { readonly hit: ChatHit }) {
  const format = useFormat();
  const now = useSecond();
  return (
    <div role="gridcell" className={styles.hit}>
      <div className={styles.line}>
        <span className={styles.title}>{safeLine(hit.chatTitle)}</span>
        <time className={styles.when} title={format.full(hit.sentAt)}>
          {format.when(hit.sentAt, now)}
        </time>
      </div>
      <div className={styles.snippet}>
        {hit.sender === hit.chatTitle ? null : <span className={styles.from}>{safeLine(hit.sender)}</span>}
        <bdi>
          <MarkedText text={hit.snippet} marks={hit.marks} />
        </bdi>
      </div>
    </div>
  );
}
