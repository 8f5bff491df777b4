import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Manifest = {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
};

type Locked = {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
};

type Lock = { readonly packages: Readonly<Record<string, Locked & Manifest>> };

/**
 * What `npm ci` would stumble over, one line each: a version that is not exact, a package.json the lock has not seen, and
 * platform packages that an install on one system left out of the lock for all the others.
 */
export function findLockFaults(root: string): string[] {
  const manifest = readJson<Manifest>(join(root, 'package.json'));
  const { packages } = readJson<Lock>(join(root, 'package-lock.json'));
  return [...differences(manifest, packages['']), ...missingPlatforms(packages), ...foreignHosts(packages)];
}

function differences(manifest: Manifest, locked: Manifest | undefined): string[] {
  const faults: string[] = [];
  for (const group of ['dependencies', 'devDependencies'] as const) {
    const wanted = manifest[group] ?? {};
    const seen = locked?.[group] ?? {};
    for (const [name, version] of Object.entries(wanted)) {
      if (!/^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
        faults.push(`${name} is not pinned exactly: "${version}"`);
      if (seen[name] !== version)
        faults.push(`package-lock.json has ${name} ${seen[name] ?? 'not at all'}, package.json ${version}`);
    }
    for (const name of Object.keys(seen)) {
      if (!(name in wanted)) faults.push(`package-lock.json still has ${name}`);
    }
  }
  return faults;
}

function missingPlatforms(packages: Lock['packages']): string[] {
  return Object.entries(packages).flatMap(([owner, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {})
      .filter((name) => !isLocked(packages, owner, name))
      .map((name) => `package-lock.json lacks ${name}, an optional part of ${owner}: npm ci will refuse it`),
  );
}

/** Looks where Node would: beside the owner, then in each folder above. */
function isLocked(packages: Lock['packages'], owner: string, name: string): boolean {
  const steps = owner.split('/node_modules/');
  for (let depth = steps.length; depth >= 0; depth -= 1) {
    const place = [...steps.slice(0, depth), name].join('/node_modules/');
    if (packages[place] ?? packages[`node_modules/${name}`]) return true;
  }
  return false;
}

/** A lock that names one machine's registry works nowhere else. */
function foreignHosts(packages: Lock['packages']): string[] {
  return Object.entries(packages)
    .filter(([, { resolved }]) => resolved?.startsWith('http'))
    .map(
      ([name]) =>
        `package-lock.json binds ${name} to one registry; install with omit-lockfile-registry-resolved`,
    );
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
