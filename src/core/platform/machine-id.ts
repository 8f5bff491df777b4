import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** https://www.freedesktop.org/software/systemd/man/latest/machine-id.html; the second is older D-Bus's. */
const files = ['/etc/machine-id', '/var/lib/dbus/machine-id'];

/** The same for as long as this machine is installed. A machine without one, as Windows and macOS, gives its name. */
export function readMachineId(): string {
  for (const file of files) {
    const id = readText(file);
    if (id !== '') return id;
  }
  return hostname();
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    // Not that kind of machine.
    return '';
  }
}
