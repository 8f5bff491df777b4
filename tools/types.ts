/** Type-checks every environment with its own libraries, so that a DOM global in core is an error. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const projects = ['shared', 'node', 'preload', 'web', 'e2e'];
const tsc = join(import.meta.dirname, '../node_modules/.bin/tsc');

function check(project: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(tsc, ['-p', join(import.meta.dirname, `tsconfig.${project}.json`)], {
      stdio: 'inherit',
    });
    child.on('exit', (code) => resolve(code === 0));
  });
}

const results = await Promise.all(projects.map(check));
process.exit(results.every(Boolean) ? 0 : 1);
