import type { App, PowerMonitor } from 'electron';
import type { ResumedFrom } from '../core/app-types.ts';

type Parts = {
  readonly app: Pick<App, 'on' | 'exit' | 'quit' | 'requestSingleInstanceLock'>;
  readonly showWindow: () => void;
  readonly stop: () => Promise<void>;
  readonly stopWithinMs?: number;
};

/** False when another window of this desk exists: it comes forward, and this process has nothing to do. */
export function holdSingleInstance({ app, showWindow }: Pick<Parts, 'app' | 'showWindow'>): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  app.on('second-instance', showWindow);
  app.on('activate', showWindow);
  return true;
}

/** Quitting waits for the backend, for so long. Closing the window is not quitting: the tray stays. */
export function stopBeforeQuit({ app, stop, stopWithinMs = 8000 }: Omit<Parts, 'showWindow'>): void {
  let isStopping = false;
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (isStopping) return;
    isStopping = true;
    const timer = setTimeout(() => app.exit(70), stopWithinMs);
    stop().then(
      () => app.exit(0),
      () => app.exit(70),
    );
    timer.unref();
  });
}

/** Plain Node has nobody to tell it: there a sleep is noticed by the clocks. */
export function followPower(monitor: Pick<PowerMonitor, 'on'>, resumed: (from: ResumedFrom) => void): void {
  monitor.on('resume', () => resumed('sleep'));
  monitor.on('unlock-screen', () => resumed('lock'));
}
