import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * What axe holds to be serious or critical on the page as it stands, in words for a failed test. Not in the frame of a
 * letter: its words are the sender's, and no program runs there, axe included.
 */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  // The other mode opens a tab for each look, which hides this one and takes longer than the look itself.
  const axe = new AxeBuilder({ page }).exclude('iframe').options({ resultTypes: ['violations'] });
  const { violations } = await axe.setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ''}`));
}

/** Goes on after a finding, so that one run names them all. */
export function createInspector(page: Page) {
  return async (screen: string) => {
    expect.soft(await findBarriers(page), screen).toEqual([]);
  };
}
