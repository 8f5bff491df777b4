import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { findBarriers } from '../../../../../test/support/component-axe.tsx';
import { createFakePage } from '../../../../../test/support/fake-page.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { ChosenLetter } from './chosen-letter.tsx';
import { useCardLinks } from './use-card-links.tsx';
import type { LinksOf } from './use-link-data.ts';

const named = (id: number, title: string) => ({
  id,
  code: `PLT-${id}`,
  title,
  statusId: 1,
  finishedAt: null,
  dismissedAt: null,
  merged: false,
  revision: 3,
});

const alone: LinksOf = {
  links: [],
  mergedInto: null,
  end: null,
  lettersSince: 0,
  merged: [],
  origins: [],
  flood: null,
};

const tied: LinksOf = {
  ...alone,
  links: [{ ...named(7, 'Авария ВОЛС'), role: 'depends-on' }],
  merged: [
    {
      ...named(8, 'Станция молчит'),
      merged: true,
      letters: 2,
      applicant: { name: 'МТ', address: 'noc@mt.example' },
    },
  ],
  flood: {
    id: 3,
    kind: 'region',
    title: 'Нижегородская область',
    startedAt: 0,
    endedAt: null,
    total: 14,
    open: 12,
  },
};

const hint = {
  ...named(9, 'Отсутствует питание'),
  percent: 82,
  reasons: [
    { kind: 'pole', code: '41208-P-52-1-1' },
    { kind: 'applicant' },
    { kind: 'near', apartMs: 7_200_000 },
  ],
};

function Card() {
  const links = useCardLinks({ id: 42, code: 'PLT-1042', revision: 5 }, () => undefined);
  return (
    <>
      {[31, 32].map((id) => (
        <ChosenLetter
          key={id}
          message={{ id, subject: `Письмо ${id}`, text: '' }}
          selection={links.selection}
          origin={links.originOf(id)}
        >
          <p>Текст {id}</p>
        </ChosenLetter>
      ))}
      <ul aria-label="Состояние">{links.lines}</ul>
      <Tabs
        label="Карточка"
        value="links"
        onChange={() => undefined}
        tabs={[{ key: 'links', label: 'Связи' }]}
      >
        {links.tab}
      </Tabs>
      {links.bar}
    </>
  );
}

async function show(data: LinksOf, similar: readonly unknown[] = [], scheme: 'dark' | 'light' = 'dark') {
  const asked: { readonly name: string; readonly input: unknown }[] = [];
  const command =
    (name: string, answer: object = { undo: 5 }) =>
    (input: unknown) => {
      asked.push({ name, input });
      return answer;
    };
  const fake = createFakePage(
    {
      'links.ofIncident': () => data,
      'links.similar': () => ({ similar, revision: 3 }),
      'links.complete': ({ text }: { readonly text: string }) => ({
        incidents: text === '' ? [] : [named(11, 'Сгорел щит')],
      }),
      'links.add': command('add'),
      'links.remove': command('remove'),
      'links.unlike': command('unlike', {}),
      'links.merge': command('merge', { intoId: 42, code: 'PLT-1042', undo: 6 }),
      'links.part': command('part'),
      'links.leaveFlood': command('leaveFlood'),
      'links.moveLetters': command('moveLetters', { incidentId: 11, code: 'PLT-11', moved: 2, undo: 7 }),
    },
    scheme,
  );
  await render(
    <fake.Page>
      <div style={{ inlineSize: 720 }}>
        <Card />
      </div>
    </fake.Page>,
  );
  return { fake, asked };
}

test('each link is named from this side, with the other’s title and state, and can be removed', async () => {
  const { asked } = await show(tied);
  const linked = page.getByRole('region', { name: 'Связанные инциденты' });

  await expect.element(linked.getByText('зависит от')).toBeVisible();
  await expect.element(linked.getByText('Авария ВОЛС')).toBeVisible();
  await expect.element(linked.getByRole('link', { name: 'PLT-7' })).toHaveAttribute('href', '#/queue/7');

  await linked.getByRole('button', { name: 'Убрать связь с PLT-7' }).click();
  expect(asked).toEqual([{ name: 'remove', input: { incidentId: 42, otherId: 7, role: 'depends-on' } }]);
});

test('another is tied by its code typed and Enter, as the kind that was chosen', async () => {
  const { asked } = await show(alone);

  await userEvent.fill(page.getByRole('combobox', { name: 'Код или тема инцидента' }), '11');
  await userEvent.keyboard('{Enter}');

  await expect
    .poll(() => asked)
    .toEqual([{ name: 'add', input: { incidentId: 42, otherId: 11, role: 'related' } }]);
  await expect.element(page.getByText('PLT-1042: связан с PLT-11')).toBeVisible();
});

test('a hint says why and how surely; keys make it a duplicate or send it away', async () => {
  const { asked } = await show(alone, [hint]);
  const hints = page.getByRole('region', { name: 'Похожие инциденты' });
  await expect
    .element(hints.getByText('82 % · та же опора 41208-P-52-1-1, тот же заявитель, рядом по времени: 2 ч'))
    .toBeVisible();

  await userEvent.keyboard('{Shift>}e{/Shift}');
  await expect.poll(() => asked.length).toBe(1);
  await userEvent.keyboard('{Shift>}w{/Shift}');
  await expect.poll(() => asked.length).toBe(2);

  expect(asked).toEqual([
    { name: 'add', input: { incidentId: 42, otherId: 9, role: 'duplicate' } },
    { name: 'unlike', input: { incidentId: 42, otherId: 9 } },
  ]);
});

test('merging asks which one and which way, and says what will happen', async () => {
  const { asked } = await show(alone);
  await page.getByRole('button', { name: 'Объединить…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Объединить с PLT-1042' });
  await userEvent.fill(dialog.getByRole('combobox'), 'щит');
  await dialog.getByRole('option', { name: /PLT-11/ }).click();
  await expect.element(dialog.getByText(/его сроки остановятся/)).toBeVisible();
  await dialog.getByText('Влить PLT-1042 в выбранный').click();
  await dialog.getByRole('button', { name: 'Объединить' }).click();

  await expect
    .poll(() => asked)
    .toEqual([{ name: 'merge', input: { intoId: 11, expected: 3, others: [{ id: 42, expected: 5 }] } }]);
});

test('what was taken in is listed with who asked, and is taken apart from there', async () => {
  const { asked } = await show(tied);
  const held = page.getByRole('region', { name: 'Вобрал в себя' });
  await expect.element(held.getByText('МТ · 2 письма')).toBeVisible();

  await held.getByRole('button', { name: 'Разъединить PLT-8' }).click();

  expect(asked).toEqual([{ name: 'part', input: { id: 8, expected: 3, takeLater: false } }]);
});

test('a merged incident leads to where its letters are, and asks about those that came since', async () => {
  const end = named(50, 'Общая авария');
  const { asked } = await show({ ...alone, mergedInto: named(49, 'Питание'), end, lettersSince: 2 });
  await expect.element(page.getByText('Объединён с')).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'PLT-50' })).toHaveAttribute('href', '#/queue/50');

  await page.getByRole('button', { name: 'Разъединить' }).click();
  const dialog = page.getByRole('dialog', { name: 'Разъединить PLT-1042' });
  await expect.element(dialog.getByText('По коду PLT-1042 после объединения пришло 2 письма.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Разъединить' }).click();

  expect(asked).toEqual([{ name: 'part', input: { id: 42, expected: 5, takeLater: true } }]);
});

test('letters are chosen by a key and boxes, and moved together after the title of the other was seen', async () => {
  const { asked } = await show({ ...alone, origins: [{ conversationId: 32, incidentId: 8, code: 'PLT-8' }] });
  await expect.element(page.getByText('из PLT-8')).toBeVisible();
  await userEvent.keyboard('{Shift>}b{/Shift}');
  await page.getByRole('checkbox', { name: 'Выбрать письмо: Письмо 31' }).click();
  await page.getByRole('checkbox', { name: 'Выбрать письмо: Письмо 32' }).click();
  await page.getByRole('checkbox', { name: 'С ответами на них' }).click();

  await page.getByRole('button', { name: 'Переложить…' }).click();
  const dialog = page.getByRole('dialog', { name: /Переложить письма · Выбрано 2 письма/ });
  await userEvent.fill(dialog.getByRole('combobox'), '11');
  await dialog.getByRole('option', { name: /PLT-11/ }).click();
  await expect.element(dialog.getByText(/«Сгорел щит»/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Переложить в PLT-11' }).click();

  await expect
    .poll(() => asked)
    .toEqual([{ name: 'moveLetters', input: { messageIds: [31, 32], incidentId: 11, alone: true } }]);
  await expect.element(page.getByText('2 письма переложены в PLT-11')).toBeVisible();
});

test('the flood it came with is named with its size, and left by a press', async () => {
  const { asked } = await show(tied);
  await expect
    .element(page.getByRole('link', { name: /Поток: Нижегородская область, 14 инцидентов/ }))
    .toHaveAttribute('href', '#/floods/3');

  await page.getByRole('button', { name: 'Не из потока' }).click();
  expect(asked).toEqual([{ name: 'leaveFlood', input: { incidentId: 42 } }]);
});

test.each(['dark', 'light'] as const)(
  'nothing of it is closed to anybody in the %s theme',
  async (scheme) => {
    await show({ ...tied, mergedInto: named(49, 'Питание'), end: named(49, 'Питание') }, [hint], scheme);
    await expect.element(page.getByText(/та же опора/)).toBeVisible();
    await userEvent.keyboard('{Shift>}b{/Shift}');
    await expect.element(page.getByRole('toolbar')).toBeVisible();

    expect(await findBarriers()).toEqual([]);
  },
);
