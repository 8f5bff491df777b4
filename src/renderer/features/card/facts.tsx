import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { nameOf } from '../../lib/reference-store.ts';
import { useSecond } from '../../lib/ticker.ts';
import { useFormat } from '../../lib/use-format.ts';
import type { MenuItem } from '../../ui/menu.tsx';
import { ApplicantFact } from './applicant-fact.tsx';
import { AssetFact } from './asset-fact.tsx';
import type { CardData } from './card-state.ts';
import { CoordinatesFact } from './coordinates-fact.tsx';
import styles from './facts.module.css';
import { RepairPriorityFact, SubtypeFact } from './life/life-facts.tsx';
import type { LifeActions } from './life/use-life-actions.ts';
import type { Life } from './life/use-life.ts';
import { MenuFact } from './menu-fact.tsx';
import type { IncidentActions } from './use-incident-actions.ts';
import { useNames } from './use-names.ts';

/** What is known about the incident; every value is where it is changed. */
export function Facts({
  data,
  actions,
  life,
  lifeActions,
}: Props & { readonly life: Life | undefined; readonly lifeActions: LifeActions }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const { row } = data;
  return (
    <dl className={styles.facts}>
      <StatusFact data={data} actions={actions} />
      <TypeFact data={data} actions={actions} />
      <SubtypeFact data={data} life={life} actions={lifeActions} />
      <AssigneeFact data={data} actions={actions} />
      <PriorityFact data={data} actions={actions} />
      <AssetFact data={data} actions={actions} />
      <CategoriesFact data={data} actions={actions} />
      <RepairPriorityFact data={data} life={life} actions={lifeActions} />
      <ApplicantFact data={data} actions={actions} />
      <dt>{t('card.registered')}</dt>
      <dd title={format.full(row.registeredAt)}>
        <span className={styles.plain}>
          {format.when(row.registeredAt, now)} · {t(`queue.channels.${row.channel}`)}
        </span>
      </dd>
      {data.coordinates ? <CoordinatesFact coordinates={data.coordinates} /> : null}
    </dl>
  );
}

type Props = { readonly data: CardData; readonly actions: IncidentActions };

function StatusFact({ data, actions }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const { reference } = useDesk();
  const statuses = useStore(reference, (state) => state.statuses);
  const next = data.nextStatusIds.filter((id) => id !== data.row.statusId);
  return (
    <MenuFact
      name={t('card.status')}
      value={names.status(data.row.statusId)}
      shortcut="status"
      tone={statuses.get(data.row.statusId)?.tone}
      items={
        next.length === 0
          ? [{ key: 'none', heading: t('card.noNext') }]
          : next.map((id) => ({
              key: String(id),
              label: names.status(id),
              onSelect: () => void actions.setStatus(id),
            }))
      }
    />
  );
}

function TypeFact({ data, actions }: Props) {
  const { t } = useTranslation();
  const { reference, preferences } = useDesk();
  const types = useStore(reference, (state) => state.types);
  const language = useStore(preferences.store, (state) => state.language);
  const { typeId } = data.row;
  return (
    <MenuFact
      name={t('card.type')}
      value={typeId === null ? '' : nameOf(types.get(typeId), language)}
      placeholder={t('card.noType')}
      shortcut="type"
      width={320}
      items={[...types.values()]
        .filter((type) => type.active || type.id === typeId)
        .map((type) => ({
          key: String(type.id),
          label: nameOf(type, language),
          checked: type.id === typeId,
          onSelect: () => void actions.setType(type.id === typeId ? null : type.id),
        }))}
    />
  );
}

function AssigneeFact({ data, actions }: Props) {
  const { t } = useTranslation();
  const { people } = useDesk();
  const everyone = useStore(people, (state) => state.people);
  const { assigneeId } = data.row;
  const sorted = [...everyone.values()]
    .filter((person) => person.active)
    .toSorted((a, b) => Number(b.onDutySince !== null) - Number(a.onDutySince !== null) || a.load - b.load);
  const item = (person: (typeof sorted)[number]): MenuItem => ({
    key: String(person.id),
    label: (
      <span className={styles.person}>
        {person.name}
        <small>
          {person.onDutySince === null ? t('card.offDuty') : t('card.load', { count: person.load })}
        </small>
      </span>
    ),
    checked: person.id === assigneeId,
    onSelect: () => void actions.assign(person.id),
  });
  return (
    <MenuFact
      name={t('card.assignee')}
      value={everyone.get(assigneeId ?? 0)?.name ?? ''}
      placeholder={t('card.nobody')}
      shortcut="assign"
      width={300}
      items={[
        ...sorted.map(item),
        ...(assigneeId === null
          ? []
          : [
              { key: 'line', divider: true as const },
              { key: 'nobody', label: t('card.nobody'), onSelect: () => void actions.assign(null) },
            ]),
      ]}
    />
  );
}

function PriorityFact({ data, actions }: Props) {
  const { t } = useTranslation();
  const keys = useKeys();
  const high = data.row.priority === 'high';
  const toggle = (): void => void actions.edit({ priority: high ? 'normal' : 'high' });
  useShortcut('priority', toggle);
  return (
    <>
      <dt>{t('card.priority')}</dt>
      <dd>
        <button
          type="button"
          className={styles.value}
          data-tone={high ? 'bad' : undefined}
          aria-pressed={high}
          title={keys('priority')}
          onClick={toggle}
        >
          {high ? `▴ ${t('card.high')}` : t('card.normal')}
        </button>
      </dd>
    </>
  );
}

function CategoriesFact({ data, actions }: Props) {
  const { t } = useTranslation();
  const { reference, preferences } = useDesk();
  const categories = useStore(reference, (state) => state.categories);
  const language = useStore(preferences.store, (state) => state.language);
  const chosen = data.categoryIds;
  const toggle = (id: number): void =>
    void actions.edit({
      categoryIds: chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id],
    });
  return (
    <MenuFact
      name={t('card.categories')}
      value={chosen.map((id) => nameOf(categories.get(id), language)).join(', ')}
      placeholder={t('card.noCategories')}
      items={[...categories.values()].map((category) => ({
        key: String(category.id),
        label: nameOf(category, language),
        checked: chosen.includes(category.id),
        stay: true,
        onSelect: () => toggle(category.id),
      }))}
    />
  );
}
