import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const script = readFileSync(join(root, 'tools/screenshots.ts'), 'utf8');

test.each(['README.md', 'README.ru.md'])(
  'the pictures of %s are there, and the script takes them',
  (page) => {
    const text = readFileSync(join(root, page), 'utf8');
    const files = [...text.matchAll(/!\[[^\]]*\]\(([^)]+\.png)\)/g)].map(([, file = '']) => file);

    expect(files.length).toBeGreaterThanOrEqual(5);
    for (const file of files) {
      const [, screen] = /^docs\/screenshots\/(.+?)(?:-wide)?-(?:dark|light)\.png$/.exec(file) ?? [];
      expect(existsSync(join(root, file)), file).toBe(true);
      expect(script).toContain(`'${screen}'`);
    }
  },
);
