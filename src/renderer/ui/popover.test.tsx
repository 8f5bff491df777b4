import { useState } from 'react';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createFakePage } from '../../../test/support/fake-page.tsx';
import { Popover } from './popover.tsx';

function Hanging({ onKey }: { readonly onKey: (key: string) => void }) {
  const [open, setOpen] = useState(true);
  return (
    <div onKeyDown={({ key }) => onKey(key)}>
      <Popover open={open} onOpenChange={setOpen} label="Правила" target={<button type="button">Ещё</button>}>
        <button type="button" onClick={(event) => event.currentTarget.remove()}>
          Убрать себя
        </button>
      </Popover>
    </div>
  );
}

test('Escape closes it also when what had the focus is gone, and means nothing else to the page', async () => {
  const page = createFakePage({});
  const heard: string[] = [];
  addEventListener('keydown', ({ key }) => heard.push(key));
  const screen = await render(
    <page.Page>
      <Hanging onKey={(key) => heard.push(key)} />
    </page.Page>,
  );
  await screen.getByRole('button', { name: 'Убрать себя' }).click();
  await expect.poll(() => document.activeElement).toBe(document.body);

  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('dialog', { name: 'Правила' })).not.toBeInTheDocument();
  expect(heard).toEqual([]);
});
