import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssetRow } from '../../shared/contract/assets.ts';
import type { AssetKind } from '../../shared/domain/asset-kinds.ts';
import { Button } from '../ui/button.tsx';
import { moveIndex } from '../ui/selection.ts';
import { useAssetCompletion, type AssetAnswer } from './asset-completion.ts';
import styles from './asset-picker.module.css';
import { useErrorText } from './error-text.ts';

/** One asset by any piece of its code; a code that is not there is refused with the nearest ones. */
export function AssetPicker({
  label,
  kind,
  autoFocus = false,
  onPick,
  onText,
  onType,
}: {
  readonly label: string;
  /** Only of this kind. */
  readonly kind?: AssetKind | undefined;
  readonly autoFocus?: boolean;
  readonly onPick: (asset: AssetRow) => void;
  /** What no asset is called may be kept as words. */
  readonly onText?: ((text: string) => void) | undefined;
  /** What stands in the field: a form that is sent in the middle of a word keeps it. */
  readonly onType?: ((text: string) => void) | undefined;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const listId = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<number | null>(null);
  const { answer, error } = useAssetCompletion(text.trim());
  const assets = (answer?.assets ?? []).filter((asset) => kind === undefined || asset.kind === kind);
  // What only resembles the text is never taken without being chosen.
  const active = Math.min(chosen ?? (answer?.nearest ? -1 : 0), assets.length - 1);
  const isCurrent = answer?.text === text.trim();
  // Enter is quicker than the answer: it counts for the answer to what was typed.
  const wanted = useRef(false);
  useEffect(() => {
    if (!isCurrent || !wanted.current) return;
    wanted.current = false;
    const asset = assets[active];
    if (asset) onPick(asset);
  }, [isCurrent, assets, active, onPick]);
  const refused = answer !== undefined && (answer.nearest || assets.length === 0);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const asset = assets[active];
      if (!isCurrent) wanted.current = text.trim() !== '';
      else if (asset) onPick(asset);
      return;
    }
    if (event.key === 'Home' || event.key === 'End') return;
    const next = moveIndex(active, event.key, assets.length, 5);
    if (next === null) return;
    event.preventDefault();
    setChosen(next);
  }

  return (
    <div className={styles.picker} data-own-keys>
      <input
        className={styles.input}
        role="combobox"
        aria-label={label}
        aria-expanded={assets.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        aria-invalid={refused || undefined}
        placeholder={t('assets.pick.hint')}
        value={text}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        ref={autoFocus ? focusOnce : undefined}
        data-autofocus={autoFocus || undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
          onType?.(event.currentTarget.value);
          setChosen(null);
          wanted.current = false;
        }}
        onKeyDown={onKeyDown}
      />
      {error ? <p role="alert">{errorText(error)}</p> : null}
      {answer && refused ? (
        <p className={styles.refused} role="alert">
          {t(assets.length > 0 ? 'assets.pick.nearest' : 'assets.pick.none', { text: answer.text })}
        </p>
      ) : null}
      <ul
        id={listId}
        className={styles.list}
        role="listbox"
        aria-label={t('assets.pick.list')}
        hidden={assets.length === 0}
      >
        {assets.map((asset, index) => (
          <li
            key={asset.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            className={styles.option}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(asset)}
          >
            <AssetLine asset={asset} />
          </li>
        ))}
      </ul>
      {onText && answer && refused ? <KeepText answer={answer} onText={onText} /> : null}
    </div>
  );
}

function AssetLine({ asset }: { readonly asset: AssetRow }) {
  const { t } = useTranslation();
  const more = [t(`assets.kind.${asset.kind}`), ...asset.operators, asset.region].filter(Boolean).join(' · ');
  return (
    <>
      <span className={styles.code}>{asset.code}</span>
      <span className={styles.more}>{more}</span>
      {asset.goneAt === null ? null : <span className={styles.more}>{t('assets.gone')}</span>}
    </>
  );
}

function KeepText({
  answer,
  onText,
}: {
  readonly answer: AssetAnswer;
  readonly onText: (text: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <div>
      <Button onClick={() => onText(answer.text)}>{t('assets.pick.asText', { text: answer.text })}</Button>
    </div>
  );
}

function focusOnce(field: HTMLInputElement | null): void {
  field?.focus();
}
