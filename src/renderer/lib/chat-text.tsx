import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatEntity } from '../../shared/contract/chats.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import styles from './chat-text.module.css';
import { useDesk } from './desk.ts';
import { linkAddress, type LinkAddress } from './link-address.ts';
import { safeText } from './safe-text.ts';
import { textTree, type TextNode } from './text-tree.ts';
import { useCommand } from './use-command.ts';
import { useCopy } from './use-copy.ts';

/** One monster must not be the whole conversation. */
const longest = 2400;
const mostLines = 40;

type Marked = Exclude<TextNode, { readonly kind: 'text' }>;

/** Text of a chat with its marks, as elements and never as markup; links lead outside through the shell. */
export function ChatText({
  text,
  entities,
}: {
  readonly text: string;
  readonly entities: readonly ChatEntity[];
}) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const cut = isWhole ? text.length : cutPlace(text);
  const tree = useMemo(() => textTree(text.slice(0, cut), entities), [text, entities, cut]);
  return (
    <div className={styles.text} dir="auto">
      {tree.map(render)}
      {cut < text.length ? (
        <>
          …
          <button type="button" className={styles.more} onClick={() => setWhole(true)}>
            {t('chats.text.whole', { count: text.length })}
          </button>
        </>
      ) : null}
    </div>
  );
}

function cutPlace(text: string): number {
  let lines = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (at >= longest) return at;
    if (text[at] === '\n' && ++lines >= mostLines) return at;
  }
  return text.length;
}

function render(node: TextNode): ReactNode {
  return node.kind === 'text' ? safeText(node.text) : <Piece key={node.at} node={node} />;
}

function Piece({ node }: { readonly node: Marked }) {
  const inner = node.children.map(render);
  switch (node.kind) {
    case 'bold':
      return <strong>{inner}</strong>;
    case 'italic':
      return <em>{inner}</em>;
    case 'underline':
      return <u>{inner}</u>;
    case 'strike':
      return <s>{inner}</s>;
    case 'code':
      return <code className={styles.code}>{inner}</code>;
    case 'pre':
      return <code className={styles.pre}>{inner}</code>;
    case 'quote':
      return <span className={styles.quote}>{inner}</span>;
    case 'mention':
    case 'hashtag':
      return <span className={styles.mention}>{inner}</span>;
    case 'spoiler':
      return <Spoiler words={wordsOf(node)}>{inner}</Spoiler>;
    case 'phone':
      return <Phone number={wordsOf(node)} />;
    case 'link':
    case 'email': {
      const address = linkAddress(node.entity, wordsOf(node));
      // Addresses for other programs, such as `tg:`, are shown and left alone.
      if (!address) return <u title={node.entity.url}>{inner}</u>;
      return <Link address={address}>{inner}</Link>;
    }
  }
}

function wordsOf(node: TextNode): string {
  return node.kind === 'text' ? safeText(node.text) : node.children.map(wordsOf).join('');
}

function Link({ address, children }: { readonly address: LinkAddress; readonly children: ReactNode }) {
  const { rpc } = useDesk();
  const command = useCommand();
  return (
    <>
      <Tooltip text={address.href}>
        <a
          className={styles.link}
          href={address.href}
          target="_blank"
          rel="noreferrer"
          onClick={(event) => {
            event.preventDefault();
            void command(() => rpc.shell.openExternal({ url: address.href }));
          }}
        >
          {children}
        </a>
      </Tooltip>
      {address.elsewhere === null ? null : (
        <span className={styles.elsewhere}>{` → ${address.elsewhere}`}</span>
      )}
    </>
  );
}

function Phone({ number }: { readonly number: string }) {
  const { t } = useTranslation();
  const copy = useCopy();
  return (
    <button
      type="button"
      className={styles.copied}
      title={t('chats.text.copyPhone')}
      onClick={() => copy(number)}
    >
      {number}
    </button>
  );
}

function Spoiler({ words, children }: { readonly words: string; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  if (isShown) return <span className={styles.shown}>{children}</span>;
  return (
    <button
      type="button"
      className={styles.spoiler}
      aria-label={t('chats.text.spoiler')}
      title={t('chats.text.spoiler')}
      onClick={() => setShown(true)}
    >
      {words}
    </button>
  );
}
