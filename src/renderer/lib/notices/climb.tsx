import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { NotificationClimb } from '../../../shared/contract/notifications.ts';
import { useDesk } from '../desk.ts';
import { FileList } from '../files/file-list.tsx';
import { useRuntimeText } from '../runtime-text.ts';
import { placeText } from '../place-text.ts';
import { safeLine, safeText } from '../safe-text.ts';
import { useFormat } from '../use-format.ts';
import { ClimbStepRow } from './climb-step.tsx';
import styles from './notices.module.css';
import { useStepWords } from './step-words.ts';

/** The whole climb: what was planned, what happened, what came back; answers "why was he called at 03:12?". */
export function Climb({
  climb,
  brief = false,
}: {
  readonly climb: NotificationClimb;
  readonly brief?: boolean;
}) {
  const { t } = useTranslation();
  const { row, steps, text, files, answers } = climb;
  const words = useStepWords(climb);
  const name = row.party?.name ?? t('notifications.list.gone');
  const isBegun = steps.some(({ state }) => state !== null);
  return (
    <section className={styles.climb} aria-label={t('notifications.climb.label', { name })}>
      <Head climb={climb} name={name} />
      {brief ? null : <p className={styles.text}>{safeText(text)}</p>}
      {brief ? null : <FileList files={files} label={t('notifications.climb.files')} />}
      {isBegun ? null : (
        <p className={styles.faint}>
          {t(steps.length === 0 ? 'notifications.climb.noSteps' : 'notifications.climb.notStarted')}
        </p>
      )}
      <ol className={styles.steps} aria-label={t('notifications.climb.steps')}>
        {steps.map((step, index) => {
          const begins = climb.mostRounds > 1 && step.round !== steps[index - 1]?.round;
          return [
            begins ? (
              <li key={`round ${step.round}`} className={styles.round}>
                {t('notifications.climb.round', { number: step.round })}
              </li>
            ) : null,
            <ClimbStepRow key={`${step.round} ${step.step}`} step={step} words={words(index)} />,
          ];
        })}
      </ol>
      {answers.length === 0 ? null : <Answers answers={answers} />}
    </section>
  );
}

function Head({ climb, name }: { readonly climb: NotificationClimb; readonly name: string }) {
  const { t } = useTranslation();
  const { people } = useDesk();
  const format = useFormat();
  const runtimeText = useRuntimeText();
  const { row, code, chain } = climb;
  const author = useStore(people, (state) =>
    row.createdBy === null ? t('notifications.climb.bySystem') : state.people.get(row.createdBy)?.name,
  );
  const by =
    row.acknowledgedBy === 'hand'
      ? t('notifications.climb.byHand')
      : t('notifications.climb.byChannel', {
          channel: runtimeText(`ladders.channel.${row.acknowledgedBy ?? ''}`) ?? row.acknowledgedBy ?? '',
        });
  const facts = [
    t('notifications.climb.created', { time: format.clock(row.createdAt) }),
    author === undefined ? null : t('notifications.climb.createdBy', { name: author }),
    t(`ladders.urgency.${row.urgency}`),
    row.heldBy !== null && row.dueAt !== null
      ? t(`notifications.held.${row.heldBy}`, { time: format.time(row.dueAt) })
      : null,
    row.acknowledgedAt === null
      ? null
      : t('notifications.climb.acknowledgedAt', { time: format.clock(row.acknowledgedAt), by }),
    climb.verbs.length === 0 ? null : t('notifications.climb.code', { code }),
  ];
  return (
    <header className={styles.climbHead}>
      <strong>{safeLine(name)}</strong>
      <span className={styles.state} data-state={row.state}>
        {t(`notifications.state.${row.state}`)}
      </span>
      <span className={styles.faint}>{facts.filter((fact) => fact !== null).join(' · ')}</span>
      {chain.length < 2 ? null : (
        <span className={styles.faint}>
          {t('notifications.climb.chain')}:{' '}
          {chain.map(({ party }) => safeLine(party?.name ?? t('notifications.list.gone'))).join(' → ')}
        </span>
      )}
    </header>
  );
}

function Answers({ answers }: Pick<NotificationClimb, 'answers'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ol className={styles.told} aria-label={t('notifications.climb.answers')}>
      {answers.map((answer) => (
        <li key={answer.id}>
          <time>{format.clock(answer.at)}</time>{' '}
          {answer.verb === null ? null : <strong>{t(`notifications.verb.${answer.verb}`)} </strong>}
          {answer.text === '' ? null : <q className={styles.said}>{safeText(answer.text)}</q>}
          {answer.place === null ? null : (
            <span className={styles.faint}>
              {' '}
              {t('notifications.climb.place', { place: placeText(answer.place) })}
            </span>
          )}
          <FileList files={answer.files} label={t('notifications.climb.saidFiles')} />
        </li>
      ))}
    </ol>
  );
}
