import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';

/** `chat`: J or K opens the next chat, which the backend answers. `letter`: one is written into the answer. */
export type KeyTimes = { readonly chat: readonly number[]; readonly letter: readonly number[] };

const betweenMs = 150;

/** Key after key, as long as it may go on: half of the time chats are walked, then an answer is written. */
export async function measureKeys(page: Page, forMs: number): Promise<KeyTimes> {
  const chat = await repeat(forMs / 2, createWalk(page));
  await page.keyboard.press('KeyR');
  await page.locator('article textarea').waitFor();
  const letter = await repeat(forMs / 2, () => answered(page, 'letter', 'KeyA'));
  await page.locator('article textarea').fill('');
  await page.evaluate('document.activeElement.blur()');
  return { chat, letter };
}

async function repeat(forMs: number, once: () => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  const startedAt = performance.now();
  while (performance.now() - startedAt < forMs) {
    times.push(await once());
    await sleep(betweenMs);
  }
  return times;
}

/** Down the list and up again, well inside of it. */
function createWalk(page: Page): () => Promise<number> {
  let key = 'KeyJ';
  return async () => {
    const place = Number(
      await page.evaluate(
        `document.querySelector('[data-pane=list] [role=row][aria-selected=true]')?.dataset.index`,
      ),
    );
    if (!(place > 2)) key = 'KeyJ';
    else if (place > 14) key = 'KeyK';
    return answered(page, 'open chat', key);
  };
}

async function answered(page: Page, what: 'open chat' | 'letter', key: string): Promise<number> {
  await page.evaluate(`window.bench.armKey('${what}')`);
  await page.keyboard.press(key);
  return page.evaluate<number>('window.bench.answered()');
}
