import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import styles from './composer.module.css';
import { joinQuote, splitQuote } from './split-quote.ts';

/** Plain text that grows with what is in it; the quoted letter is folded until asked for. */
export function BodyField({
  body,
  onBody,
  focusAsked,
  onLeave,
}: {
  readonly body: string;
  readonly onBody: (body: string) => void;
  readonly focusAsked: number;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  const [unfolded, setUnfolded] = useState(false);
  const { typed, quoted } = splitQuote(body);
  const folded = quoted !== '' && !unfolded;

  useEffect(() => {
    if (focusAsked === 0) return;
    area.current?.focus();
    area.current?.setSelectionRange(0, 0);
  }, [focusAsked]);

  return (
    <div className={styles.body}>
      <TextArea
        ref={area}
        name={t('composer.body')}
        placeholder={t('composer.bodyPlaceholder')}
        value={folded ? typed : body}
        minRows={3}
        maxRows={unfolded ? 24 : 16}
        maxLength={200_000}
        onChange={(text) => onBody(folded ? joinQuote(text, quoted) : text)}
        onBlur={onLeave}
      />
      {quoted === '' ? null : (
        <div className={styles.quoteBar}>
          <Button kind="quiet" onClick={() => setUnfolded(!unfolded)}>
            {t(unfolded ? 'composer.quote.hide' : 'composer.quote.show')}
          </Button>
          <Button kind="quiet" onClick={() => onBody(typed)}>
            {t('composer.quote.remove')}
          </Button>
        </div>
      )}
    </div>
  );
}
