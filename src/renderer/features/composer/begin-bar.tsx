import { useTranslation } from 'react-i18next';
import { useFailureText, type Failure } from '../../lib/failure.ts';
import { useKeys } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import styles from './composer.module.css';
import type { ComposerStore } from './composer-store.ts';
import { TemplateMenu } from './template-menu.tsx';

/** Nothing is being written: one row that says what can be. */
export function BeginBar({
  composer,
  incidentId,
  sourceId,
  failure,
}: {
  readonly composer: ComposerStore;
  readonly incidentId: number;
  readonly sourceId: number | undefined;
  readonly failure: Failure | undefined;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const failureText = useFailureText();

  return (
    <>
      {failure ? (
        <p className={styles.failure} role="alert">
          {failureText(failure)}
        </p>
      ) : null}
      <div className={styles.begin}>
        <Button keys={keys('reply')} onClick={() => void composer.begin(incidentId, 'reply', sourceId)}>
          {t('composer.begin.reply')}
        </Button>
        <Button
          keys={keys('replyAll')}
          hint={t('composer.title.reply-all')}
          onClick={() => void composer.begin(incidentId, 'reply-all', sourceId)}
        >
          {t('composer.begin.replyAll')}
        </Button>
        <Button keys={keys('forward')} onClick={() => void composer.begin(incidentId, 'forward', sourceId)}>
          {t('composer.begin.forward')}
        </Button>
        <TemplateMenu
          onChoose={(templateKey) => void composer.begin(incidentId, 'reply-all', sourceId, templateKey)}
        />
      </div>
    </>
  );
}
