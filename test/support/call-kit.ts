import { composeCalls } from '../../src/core/compose-calls.ts';
import type { CallDesk } from '../../src/core/calls/call-desk.ts';
import type { CreateCall } from '../../src/core/calls/create-call.ts';
import type { Dispatch, InboundAnswer, InboundFile } from '../../src/core/notify/route-driver.ts';
import { silentLogger } from '../../src/core/platform/logger.ts';
import type { CallView } from '../../src/shared/contract/calls.ts';
import type { AnswerVerb } from '../../src/shared/domain/reaching.ts';
import { createNotifyKit, type NotifyKit } from './notify-kit.ts';
import type { ScriptedDriver } from './scripted-driver.ts';

export type CallKit = NotifyKit & {
  readonly bot: ScriptedDriver & { readonly routeId: number };
  readonly sms: ScriptedDriver & { readonly routeId: number };
  readonly calls: CallDesk;
  readonly composed: ReturnType<typeof composeCalls>;
  /** The dispatcher. */
  readonly me: number;
  /** Bound to the bot, with a telephone; the chat is called as they are. */
  technician(name: string, phone: string): number;
  call(input?: Partial<CreateCall>): CallView;
  at(id: number): CallView;
  /** What the bot or the SMS said to somebody last. */
  last(driver: ScriptedDriver, address: string): Dispatch;
  /** The button under the last message of the bot. */
  press(name: string, verb: AnswerVerb): string | null;
  write(
    driver: ScriptedDriver,
    address: string,
    said: Partial<InboundAnswer> & { readonly files?: readonly InboundFile[] },
  ): string | null;
  /** Kinds of what sounds about reaching people. */
  sounding(): string[];
  /** Everything that was told of calls in journals: `asked Валеев`. */
  history(): string[];
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** Calls over the real ladders, in a database in memory; a bot and an SMS gateway are played by scripts. */
export async function createCallKit(file?: string, seed?: number): Promise<CallKit> {
  const kit = createNotifyKit(file, seed);
  const { desk, stores, db, clock } = kit;
  const composed = composeCalls({ desk, stores, notify: kit.parts, log: silentLogger });
  Object.assign(kit.parts.effects(), composed.effects);
  const bot = kit.addRoute('bot');
  const sms = kit.addRoute('smsaero');
  for (const urgency of ['normal', 'urgent', 'critical'] as const) {
    kit.ladder(urgency, [
      { channel: 'telegram', waitFor: 'acknowledged', waitSeconds: 120 },
      { channel: 'sms', waitFor: 'acknowledged', waitSeconds: 300 },
    ]);
  }
  const me = kit.addPerson('Дежурный');
  const said = (driver: ScriptedDriver, address: string) => {
    const found = driver.sent.findLast((one) => one.address === address);
    if (!found) throw new Error(`Nothing was said to ${address}`);
    return found;
  };
  const write: CallKit['write'] = (driver, address, event) => kit.answer(driver, { ...event, address }).reply;
  const services = [kit.service, ...composed.services];
  const result: CallKit = {
    ...kit,
    bot,
    sms,
    composed,
    calls: composed.calls,
    me,
    technician(name, phone) {
      const party = kit.addContact(name, { phone });
      kit.bind(bot.routeId, party, name);
      return party.id;
    },
    call(input = {}) {
      const { id } = composed.calls.create(
        {
          incidentId: null,
          assetId: null,
          place: 'Опора 7742',
          description: 'Нет питания, проверить ввод',
          urgency: 'urgent',
          skillId: null,
          regionId: null,
          contactId: null,
          passesOn: true,
          workKind: '',
          files: [],
          ...input,
        },
        me,
      );
      return composed.calls.get(id);
    },
    at: (id) => composed.calls.get(id),
    last: said,
    press: (name, verb) => write(bot, name, { verb, code: said(bot, name).code }),
    write,
    sounding: () => stores.reachAlarms.sounding().map(({ kind }) => kind),
    history: () =>
      db
        .prepare<[], { payload: string }>(
          `SELECT payload FROM journal WHERE kind IN ('call.told', 'call.marked', 'incident.call-told', 'incident.call-marked')
           ORDER BY sequence`,
        )
        .all()
        .map(({ payload }) => JSON.parse(payload) as { event: string; name: string })
        .map(({ event, name }) => `${event} ${name}`.trim()),
    async start() {
      const { signal } = new AbortController();
      for (const service of services) await service.start(signal);
      await clock.advance(0);
    },
    async stop() {
      await Promise.all(services.map((service) => service.stop()));
    },
  };
  await result.start();
  return result;
}
