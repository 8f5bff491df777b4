import type { Capabilities, Notifier, Opener, SecretBox, Wakefulness } from '../core/app-types.ts';
import { AppError } from '../shared/errors.ts';
import { checkExternal, hasTool, openCommand, startDetached, type Started } from './system-tools.ts';

type Parts = { readonly secretBox: SecretBox; readonly restart: () => void; readonly machine?: Machine };

export type Machine = {
  readonly platform: NodeJS.Platform;
  readonly hasTool: (name: string) => boolean;
  readonly start: (command: string, args: readonly string[], onFailure?: (error: Error) => void) => Started;
};

const thisMachine: Machine = { platform: process.platform, hasTool, start: startDetached };

export type HostCapabilities = Capabilities & {
  /** Lets go of what was held from the system. */
  release(): void;
};

/** What plain Node has to offer; what it has not is said, so that the page shows no switch for it. */
export function createHostCapabilities({
  secretBox,
  restart,
  machine = thisMachine,
}: Parts): HostCapabilities {
  const wakefulness = createWakefulness(machine);
  return {
    secretBox,
    notifier: createNotifier(machine),
    opener: createOpener(machine),
    attention: { available: false, tray: false, badge: () => undefined },
    wakefulness,
    restarter: { restart },
    release: () => wakefulness.hold(false),
  };
}

function createNotifier({ platform, hasTool: has, start }: Machine): Notifier {
  const available = platform === 'linux' && has('notify-send');
  const player = ['canberra-gtk-play', 'paplay'].find((name) => platform === 'linux' && has(name));
  const bell = '/usr/share/sounds/freedesktop/stereo/alarm-clock-elapsed.oga';
  return {
    available,
    show({ title, body, urgency }) {
      if (!available) return;
      start('notify-send', ['--app-name=Pult', `--urgency=${urgency}`, '--', title, body]);
    },
    beep() {
      if (player === 'paplay') start('paplay', [bell]);
      else if (player) start(player, ['--id=alarm-clock-elapsed']);
      else if (platform === 'darwin') start('afplay', ['/System/Library/Sounds/Sosumi.aiff']);
      else if (process.stdout.isTTY) process.stdout.write('\u0007');
    },
  };
}

function createOpener({ platform, start }: Machine): Opener {
  return {
    async external(url) {
      const [command, args] = openCommand(platform, checkExternal(url));
      await new Promise<void>((resolve, reject) => {
        start(command, args, (error) =>
          reject(new AppError('unavailable', { details: { reason: 'no-opener' }, cause: error })),
        );
        // A program that is missing is reported on the next turn.
        setTimeout(resolve, 200);
      });
    },
  };
}

/** An inhibitor lives as long as its child: a killed host lets the machine sleep again. */
function createWakefulness({ platform, hasTool: has, start }: Machine): Wakefulness {
  const watch = `while kill -0 ${process.pid} 2>/dev/null; do sleep 5; done`;
  const inhibit = ['--what=idle:sleep', '--who=Pult', '--why=A dispatcher is on duty', 'sh', '-c', watch];
  const command: readonly [string, readonly string[]] | undefined =
    platform === 'linux' && has('systemd-inhibit')
      ? ['systemd-inhibit', inhibit]
      : platform === 'darwin' && has('caffeinate')
        ? ['caffeinate', ['-i', '-w', String(process.pid)]]
        : undefined;
  let child: Started | undefined;
  return {
    available: command !== undefined,
    hold(awake) {
      if (!command || awake === (child !== undefined)) return;
      if (awake) child = start(...command);
      else {
        child?.stop();
        child = undefined;
      }
    },
  };
}
