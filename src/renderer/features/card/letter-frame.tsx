import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { useScheme } from '../../ui/theme-provider.tsx';
import { lendFont } from './letter-font.ts';
import styles from './letter.module.css';

/** Above this a letter scrolls inside: one monster must not be the whole conversation. */
const tallest = 4000;

/** Elements looked at to decide whether the letter brings colours of its own. */
const examined = 1500;

/**
 * The sanitised letter at its own address, without scripts. The page reads its height, forwards its keys and opens
 * its links through the shell, which is all that same-origin is for.
 */
export function LetterFrame({
  messageId,
  subject,
  remote,
  showQuote,
  onQuote,
}: {
  readonly messageId: number;
  readonly subject: string;
  readonly remote: boolean;
  readonly showQuote: boolean;
  /** The letter has a quote that can be folded. */
  readonly onQuote: () => void;
}) {
  const { base, rpc, hotkeys } = useDesk();
  const { t } = useTranslation();
  const scheme = useScheme();
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(60);
  const [paper, setPaper] = useState(false);
  const [letter, setLetter] = useState<Document | null>(null);

  function onLoad(): void {
    const inner = frame.current?.contentDocument ?? null;
    setLetter(inner);
    if (!inner?.body) return;
    setPaper(hasOwnColours(inner));
    if (inner.querySelector('blockquote')) onQuote();
    // Without it the letter is as readable in the system's typeface.
    lendFont(inner).catch(() => undefined);
  }

  useEffect(() => {
    if (!letter?.body) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    const onKey = (event: KeyboardEvent): void => {
      // Enter on a link is the link's.
      if (event.key !== 'Enter' || linkAt(event.target) === null) hotkeys.handle(event);
    };
    letter.addEventListener('keydown', onKey, { signal });
    letter.addEventListener(
      'click',
      (event) => {
        const link = linkAt(event.target);
        if (link === null) return;
        event.preventDefault();
        void rpc.shell.openExternal({ url: link }).catch(() => undefined);
      },
      { signal },
    );
    const measure = (): void => {
      const { body, documentElement } = letter;
      setHeight(Math.min(tallest, Math.max(body.scrollHeight, documentElement.offsetHeight)));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(letter.body);
    measure();
    return () => {
      stop.abort();
      observer.disconnect();
    };
  }, [letter, hotkeys, rpc]);

  useEffect(() => {
    if (!letter?.body) return;
    dress(letter, paper);
    for (const quote of letter.querySelectorAll<HTMLElement>('blockquote')) {
      quote.style.display = showQuote ? '' : 'none';
    }
  }, [letter, paper, showQuote]);

  return (
    <iframe
      ref={frame}
      className={styles.frame}
      data-paper={paper || undefined}
      title={t('card.timeline.letterFrame', { subject })}
      src={`${base}letter/${messageId}?theme=${scheme}${remote ? '&remote=1' : ''}`}
      sandbox="allow-same-origin"
      style={{ blockSize: height }}
      onLoad={onLoad}
    />
  );
}

/** The letter is a realm of its own: to `instanceof`, its nodes are none of this page's. */
function linkAt(target: EventTarget | null): string | null {
  const node = target as Node | null;
  const element = node?.nodeType === Node.ELEMENT_NODE ? (node as Element) : node?.parentElement;
  const href = element?.closest('a')?.getAttribute('href') ?? null;
  return href !== null && /^(https?|mailto):/i.test(href) ? href : null;
}

/**
 * A letter without colours wears the desk's; one with its own gets white paper, which comes turned over where the desk
 * is dark.
 */
function hasOwnColours(letter: Document): boolean {
  if (letter.querySelector('[bgcolor],[background],font[color],body[text],img')) return true;
  return [...letter.querySelectorAll<HTMLElement>('[style]')]
    .slice(0, examined)
    .some(({ style }) => style.color !== '' || style.backgroundColor !== '' || style.background !== '');
}

function dress(letter: Document, paper: boolean): void {
  const desk = getComputedStyle(document.documentElement);
  const { style } = letter.documentElement;
  const ink = paper ? '#1d2329' : desk.getPropertyValue('--color-text');
  // Only paper is turned over: what wears the desk's colours is dark already.
  style.filter = paper ? '' : 'none';
  style.colorScheme = paper ? 'light' : desk.colorScheme;
  style.backgroundColor = paper ? '#ffffff' : 'transparent';
  const { body } = letter;
  body.style.margin = paper ? '10px' : '0';
  body.style.color = ink;
  body.style.font = '13px/19px Inter, "DejaVu Sans", sans-serif';
  body.style.overflowWrap = 'anywhere';
  for (const link of letter.querySelectorAll('a')) {
    link.style.color = paper ? '#185cbe' : desk.getPropertyValue('--color-accent');
  }
}
