import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../test/support/fake-page.tsx';
import type { JournalView } from '../../../shared/contract/incidents.ts';
import { History } from './history.tsx';

const entry = (sequence: number, event: string, payload: JournalView['payload']): JournalView => ({
  kind: 'event',
  sequence,
  at: 1_700_000_000_000 + sequence,
  actorId: null,
  event,
  payload,
  undoable: true,
});

async function open() {
  const undone: number[] = [];
  const fake = createFakePage({
    'incidents.history': () => ({
      entries: [
        entry(1, 'incident.opened', { by: 'hand', code: 'PLT-1', title: 'Щит' }),
        entry(2, 'incident.dismissed', { ruleId: null }),
        entry(3, 'incident.note-added', { noteId: 1, mentions: [] }),
        entry(5, 'incident.clock-started', { kind: 'crane', startedAt: 1_700_000_000_000 }),
        entry(4, 'incident.undone', { sequence: 2, event: 'incident.dismissed', entries: [3] }),
      ],
    }),
    'undo.ofIncident': () => ({
      entries: [
        { sequence: 2, why: 'changed-since' },
        { sequence: 3, why: null },
        { sequence: 4, why: null },
      ],
    }),
    'incidents.undo': ({ sequence }: { readonly sequence: number }) => {
      undone.push(sequence);
      return { undo: null, refused: [] };
    },
  });
  fake.desk.reference.setState({ clocks: new Map([['crane', { name: 'Кран', nameEn: 'Crane' }]]) });
  await render(
    <fake.Page>
      <History incidentId={1} />
    </fake.Page>,
  );
  return undone;
}

test('the history takes an entry back, puts one back, and says why another cannot be', async () => {
  const undone = await open();
  await expect.element(page.getByText('с тех пор изменили ещё раз')).toBeVisible();

  await userEvent.click(page.getByRole('button', { name: 'Отменить', exact: true }));
  await userEvent.click(page.getByRole('button', { name: 'Вернуть', exact: true }));

  await expect.poll(() => undone).toEqual([3, 4]);
});

test('a clock that an administrator added goes by its name', async () => {
  await open();

  await expect.element(page.getByText(/^Кран: отсчёт начат/)).toBeVisible();
});

test('nobody is kept out of the history', async () => {
  await open();
  await expect.element(page.getByRole('button', { name: 'Вернуть', exact: true })).toBeVisible();

  expect(await findBarriers()).toEqual([]);
});
