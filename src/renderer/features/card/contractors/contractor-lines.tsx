import { HardHat } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractorRequestView } from '../../../../shared/contract/calls.ts';
import { contractorMove } from '../../../../shared/domain/calls.ts';
import { answerVerbs } from '../../../../shared/domain/reaching.ts';
import { useDesk, type Rpc } from '../../../lib/desk.ts';
import { useServerData } from '../../../lib/server-data.ts';
import { useSecond } from '../../../lib/ticker.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { StateLine } from '../state-line.tsx';
import styles from '../state-lines.module.css';

const kinds = ['call', 'contact'] as const;

/** What contractors said to the hand-overs of an incident; of a silent one, what can be done about it. */
export function ContractorLines({ incidentId }: { readonly incidentId: number }) {
  const load = useMemo(
    () => (rpc: Rpc, signal: AbortSignal) => rpc.calls.contractors({ incidentId }, { signal }),
    [incidentId],
  );
  const { data } = useServerData(load, kinds);
  return (data?.requests ?? [])
    .filter(({ state }) => state !== 'withdrawn')
    .map((request) => <ContractorLine key={request.id} request={request} />);
}

function ContractorLine({ request }: { readonly request: ContractorRequestView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const { state, silentAt, askedAt, answeredAt, name, code, phone } = request;
  const isSilent = state === 'waiting' && silentAt !== null && silentAt <= now;
  const isQueued = state === 'waiting' && silentAt === null;
  const words = isQueued
    ? t('contractors.queued', { name })
    : isSilent
      ? t('contractors.state.silent', { name, length: format.age(now - askedAt) })
      : t(`contractors.state.${state === 'withdrawn' ? 'waiting' : state}`, { name });
  const facts = [
    answeredAt === null
      ? isQueued
        ? ''
        : t('contractors.askedAt', { at: format.when(askedAt, now), code })
      : t('contractors.answeredAt', { at: format.when(answeredAt, now) }),
    isSilent && phone !== '' ? t('contractors.phone', { phone }) : '',
    isSilent && !request.remindable && phone === '' ? t('contractors.noOtherWay') : '',
  ].filter((fact) => fact !== '');
  return (
    <StateLine
      icon={<HardHat size={14} />}
      tone={isSilent || state === 'declined' ? 'risk' : undefined}
      actions={<Actions request={request} isSilent={isSilent} />}
    >
      <b>{words}</b>
      {facts.length === 0 ? null : <span className={styles.faint}>{` · ${facts.join(' · ')}`}</span>}
    </StateLine>
  );
}

function Actions({
  request,
  isSilent,
}: {
  readonly request: ContractorRequestView;
  readonly isSilent: boolean;
}) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const { id, revision: expected, name, state, remindable } = request;
  if (state === 'done') return null;
  return (
    <>
      {isSilent && remindable ? (
        <Button
          onClick={() =>
            void command(() => rpc.calls.remindContractor({ id, expected }), {
              done: t('contractors.reminded', { name }),
            })
          }
        >
          {t('contractors.remind')}
        </Button>
      ) : null}
      <Menu
        target={
          <Button kind="quiet" label={t('contractors.markOf', { name })}>
            {t('contractors.mark')}
          </Button>
        }
        items={answerVerbs
          .filter((verb) => contractorMove(state, verb) !== undefined)
          .map((verb) => ({
            key: verb,
            label: t(`contractors.verb.${verb}`),
            danger: verb === 'cannot',
            onSelect: () =>
              void command(() => rpc.calls.markContractor({ id, expected, verb }), {
                done: t('contractors.marked'),
              }),
          }))}
      />
    </>
  );
}
