import type { SocketClient } from '../test/support/socket-client.ts';

/** Tries again while it says no, for so long. */
type Until = (isDone: () => Promise<boolean>, withinMs?: number) => Promise<void>;

const errands = [
  ['Прохоров Глеб', 'critical', 'Станция на батареях, осталось около часа. Привезти и запустить ДГУ.'],
  [
    'Валеев Руслан',
    'urgent',
    'Нет питания на вводе. Проверить вводной щит, при необходимости запустить ДГУ.',
  ],
  ['Ласточкина Вера', 'urgent', 'В контейнере 41 °C, кондиционер не запускается.'],
  ['Абросимов Юрий', 'normal', 'Пропал резервный луч. Измерить трассу рефлектометром.'],
  ['Дёмин Степан', 'normal', 'Сорван замок ограждения, повесить новый и сделать фото.'],
] as const;
/** Two steps nobody answers, and the way of an SMS. */
const ladderMs = 90_000;
const verbs = ['accepted', 'on-the-way', 'in-progress', 'done'] as const;

/** Technicians at every stage of a call; one who is silent is climbed after until an SMS has arrived. */
export async function prepareCalls({ rpc }: SocketClient, until: Until): Promise<void> {
  const listed = async () => (await rpc.technicians.list({})).technicians;
  await until(async () => (await listed()).filter(({ skillIds }) => skillIds.length > 0).length >= 7);
  const technicians = await listed();
  const { rows: poles } = await rpc.assets.list({ kinds: ['pole'], offset: 0, limit: 6 });
  const made: number[] = [];
  for (const [at, [name, urgency, description]] of errands.entries()) {
    const { id } = await rpc.calls.create({
      incidentId: null,
      assetId: poles[at]?.id ?? null,
      place: '',
      description,
      urgency,
      skillId: null,
      regionId: null,
      contactId: technicians.find((one) => one.name === name)?.contactId ?? null,
      passesOn: true,
      workKind: '',
      files: [],
    });
    made.push(id);
  }
  for (const [at, verb] of verbs.entries()) {
    const id = made[at + 1] ?? 0;
    const { revision } = (await rpc.calls.get({ id })).call;
    await rpc.calls.mark({ id, expected: revision, verb, reason: '' });
  }
  await until(async () => {
    const { rows } = await rpc.notifications.list({ filter: { text: 'Прохоров' } });
    return (
      rows.at(-1)?.steps.some(({ channel, state }) => channel === 'sms' && state === 'delivered') === true
    );
  }, ladderMs);
}
