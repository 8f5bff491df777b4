import type { Backend, BackendOptions, Provision, ProvisionedPerson, TrainingControl } from '../app-types.ts';
import { systemClock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { systemRandom } from '../platform/random.ts';
import { createMemoryTelegram } from '../telegram/twin/memory-telegram.ts';
import { lessonApi } from './chats/chat-cast.ts';
import { createChatShift } from './chats/chat-shift.ts';
import type { ChatStage } from './chats/chat-stage.ts';
import { openDcStage } from './chats/dc-stage.ts';
import { openTwinStage } from './chats/twin-stage.ts';
import { startColleague, type Colleague } from './colleague.ts';
import { createCrewShift } from './crew/crew-shift.ts';
import { startEmbeddedMail } from './embedded-mail.ts';
import { lessonRegistry } from './lesson-registry.ts';
import { createPresence } from './presence.ts';
import { createSeededRandom, seedFrom } from './seeded-random.ts';
import { startBotApi } from './services/bot-api.ts';
import { startSmsAero } from './services/sms-aero.ts';
import { createShift } from './shift.ts';

export type Training = {
  /** The desk as an ordinary configuration file would describe it. */
  readonly provision: Provision;
  readonly control: TrainingControl;
  /** What takes the place of Telegram. */
  readonly telegram: Pick<BackendOptions, 'telegramNetwork' | 'telegramPort'>;
  /** Lets a colleague work on this backend until it stops; pages are to be served by the one returned. */
  seat(backend: Backend): Backend;
  stop(): Promise<void>;
};

const account = { address: 'dispatch@pult.example', password: 'training' };

/** Telegram's test servers in a process of their own. */
export type TelegramServers = {
  readonly network: NonNullable<BackendOptions['telegramNetwork']>;
  /** Address of their stage directions. */
  readonly control: string;
};

/** The mail server of the lesson with a mailbox already lived in, and the shift that plays into it. */
export async function startTraining({
  log,
  zone,
  seed,
  telegramServers,
}: {
  readonly log: Logger;
  readonly zone: string;
  /** The same one makes the same shift; undefined makes another each time. */
  readonly seed: number | undefined;
  /** Of the checkout; without them chats are played in memory. */
  readonly telegramServers: TelegramServers | undefined;
}): Promise<Training> {
  const random = createSeededRandom(seed ?? seedFrom(systemRandom));
  const mail = await startEmbeddedMail({ account, clock: systemClock });
  const shift = createShift({ mail, clock: systemClock, random, log });
  const presence = createPresence();
  const colleagueSeed = seedFrom(random);
  let colleague: Colleague | undefined;
  const lifetime = new AbortController();
  const { stage, ...telegram } = await openStage(telegramServers);
  const chatShift = createChatShift({
    stage,
    clock: systemClock,
    random: createSeededRandom(seedFrom(random)),
    log,
  });
  const services = await startReachServices();
  const crewShift = createCrewShift({
    bot: services.bot,
    clock: systemClock,
    random: createSeededRandom(seedFrom(random)),
    log,
  });
  crewShift.start();
  const callsSeed = seedFrom(random);
  await Promise.all([shift.start(lifetime.signal), chatShift.start()]);
  const server = (port: number) => ({ host: mail.host, port, security: 'none' as const });
  return {
    provision: {
      people: dispatchers,
      telegramApi: lessonApi,
      registry: lessonRegistry,
      settings: { zone },
      accounts: [
        {
          settings: {
            preset: 'custom',
            name: 'Учебный ящик',
            address: account.address,
            displayName: 'Диспетчерская',
            imap: server(mail.ports.imap),
            smtp: server(mail.ports.smtp),
            userName: account.address,
            auth: 'password',
            caCertificate: null,
            sentCopy: 'append',
            sentPath: mail.sentFolder,
            signature: 'Дежурный диспетчер',
            enabled: true,
          },
          password: account.password,
          // The mailbox has been lived in: what lies there opens incidents as what comes does.
          opensFrom: 0,
        },
      ],
    },
    control: {
      state: shift.state,
      async control({ speed, paused, burst }) {
        if (speed !== undefined) {
          shift.setSpeed(speed);
          chatShift.setSpeed(speed);
          crewShift.setSpeed(speed);
        }
        if (paused !== undefined) {
          chatShift.setPaused(paused);
          crewShift.setPaused(paused);
        }
        if (paused === true) shift.pause();
        if (paused === false) shift.resume();
        if (burst !== undefined) shift.burst(burst);
      },
      telegram: { scan: stage.scan },
    },
    telegram,
    seat(backend) {
      const seated = startColleague({
        backend,
        shift,
        present: presence.people,
        services,
        clock: systemClock,
        random: createSeededRandom(colleagueSeed),
        callsRandom: createSeededRandom(callsSeed),
        log,
      });
      colleague = seated;
      const stop = async () => {
        await seated.stop();
        await backend.stop();
      };
      return { ...presence.watch(backend), stop };
    },
    async stop() {
      lifetime.abort();
      await colleague?.stop();
      await Promise.all([shift.stop(), chatShift.stop(), crewShift.stop()]);
      await Promise.all([services.bot.stop(), services.sms.stop(), mail.stop()]);
    },
  };
}

/** The messenger and the gateway that technicians are reached by; an SMS takes some seconds to a telephone. */
async function startReachServices() {
  const clock = systemClock;
  const courseOf = () => smsCourse;
  const [bot, sms] = await Promise.all([startBotApi({ clock }), startSmsAero({ clock, courseOf })]);
  return { bot, sms };
}

const smsCourse = [
  { afterMs: 0, status: 0 },
  { afterMs: 2000, status: 3 },
  { afterMs: 6000, status: 1 },
] as const;

async function openStage(
  servers: TelegramServers | undefined,
): Promise<Training['telegram'] & { readonly stage: ChatStage }> {
  if (servers) {
    return { stage: await openDcStage(servers.control), telegramNetwork: servers.network };
  }
  const twin = createMemoryTelegram({ clock: systemClock, random: systemRandom });
  return { stage: openTwinStage(twin, systemClock), telegramPort: twin.port };
}

const allWeek = 0b1111111;
const eight = 8 * 60;
const twenty = 20 * 60;

/** Three around the clock, so that a lesson at any hour has somebody to share the letters; one by day, one by night. */
const dispatchers: readonly ProvisionedPerson[] = [
  person('Анна Лебедева', 'lead', { startsMinute: eight, endsMinute: eight }),
  person('Игорь Сафонов', 'dispatcher', { startsMinute: eight, endsMinute: eight }),
  person('Мария Котова', 'dispatcher', { startsMinute: eight, endsMinute: eight }),
  person('Тимур Ахметов', 'dispatcher', { startsMinute: eight, endsMinute: twenty }),
  person('Ольга Зимина', 'dispatcher', { startsMinute: twenty, endsMinute: eight }),
];

function person(
  name: string,
  role: ProvisionedPerson['role'],
  hours: { readonly startsMinute: number; readonly endsMinute: number },
): ProvisionedPerson {
  const roster = [{ weekdays: allWeek, ...hours, zone: undefined }];
  return { name, role, email: '', phone: '', pin: undefined, roster };
}
