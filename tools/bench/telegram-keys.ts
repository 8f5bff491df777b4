import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';

/**
 * Milliseconds after the key: `row`: J or K chooses the next chat of the list; `chat`: it is open with its messages,
 * which come from the backend; `letter`: a letter stands in the answer.
 */
export type KeyTimes = {
  readonly row: readonly number[];
  readonly chat: readonly number[];
  readonly letter: readonly number[];
};

const betweenMs = 150;

/** Key after key, as long as it may go on: half of the time chats are walked, then an answer is written. */
export async function measureKeys(page: Page, forMs: number): Promise<KeyTimes> {
  const walked = await repeat(forMs / 2, createWalk(page));
  await page.keyboard.press('KeyR');
  await page.locator('article textarea').waitFor();
  const written = await repeat(forMs / 2, () => answered(page, ['letter'], 'KeyA'));
  await page.locator('article textarea').fill('');
  await page.evaluate('document.activeElement.blur()');
  const column = (times: readonly (readonly number[])[], index: number) =>
    times.map((each) => each[index] ?? Number.NaN);
  return { row: column(walked, 0), chat: column(walked, 1), letter: column(written, 0) };
}

async function repeat(forMs: number, once: () => Promise<number[]>): Promise<number[][]> {
  const times: number[][] = [];
  const startedAt = performance.now();
  while (performance.now() - startedAt < forMs) {
    times.push(await once());
    await sleep(betweenMs);
  }
  return times;
}

/** Down the list and up again, well inside of it. */
function createWalk(page: Page): () => Promise<number[]> {
  let key = 'KeyJ';
  return async () => {
    const place = Number(
      await page.evaluate(
        `document.querySelector('[data-pane=list] [role=row][aria-selected=true]')?.dataset.index`,
      ),
    );
    if (!(place > 2)) key = 'KeyJ';
    else if (place > 14) key = 'KeyK';
    return answered(page, ['chosen row', 'open chat'], key);
  };
}

async function answered(
  page: Page,
  effects: readonly ('chosen row' | 'open chat' | 'letter')[],
  key: string,
): Promise<number[]> {
  await page.evaluate(`window.bench.armKey(${JSON.stringify(effects)})`);
  await page.keyboard.press(key);
  return page.evaluate<number[]>('window.bench.answered()');
}
