import { Bookmark } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueFilter, QueueSort } from '../../../shared/contract/incidents.ts';
import type { SavedView } from '../../../shared/contract/settings.ts';
import type { Rpc } from '../../lib/desk.ts';
import { useDesk } from '../../lib/desk.ts';
import type { FeedKind } from '../../lib/feed.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { useServerData } from '../../lib/server-data.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';

const kinds: readonly FeedKind[] = ['view'];
const load = (rpc: Rpc, signal: AbortSignal) => rpc.views.list({}, { signal });

/** Filter and order under a name, one's own or everybody's. */
export function ViewsMenu({
  filter,
  sort,
  onChoose,
}: {
  readonly filter: QueueFilter;
  readonly sort: QueueSort;
  readonly onChoose: (filter: QueueFilter, sort: QueueSort) => void;
}) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const keys = useKeys();
  const views = useServerData(load, kinds).data?.views ?? [];
  const [open, setOpen] = useState(false);
  const [saving, setSaving] = useState(false);
  useShortcut('views', () => setOpen(true));

  const item = (view: SavedView): MenuItem => ({
    key: String(view.id),
    label: view.name,
    onSelect: () => onChoose(view.filter, view.sort),
  });
  const own = views.filter((view) => !view.shared);
  const shared = views.filter((view) => view.shared);
  const remove = (view: SavedView): MenuItem => ({
    key: `remove-${view.id}`,
    label: t('queue.view.remove', { name: view.name }),
    danger: true,
    onSelect: () =>
      void command(() => rpc.views.remove({ id: view.id }), {
        done: t('queue.view.removed', { name: view.name }),
      }),
  });

  return (
    <>
      <Menu
        open={open}
        onOpenChange={setOpen}
        target={
          <IconButton label={t('queue.view.title')} keys={keys('views')} icon={<Bookmark size={16} />} />
        }
        items={[
          ...(views.length === 0 ? [{ key: 'none', heading: t('queue.view.none') }] : []),
          ...(own.length > 0 ? [{ key: 'mine', heading: t('queue.view.mine') }] : []),
          ...own.map(item),
          ...(shared.length > 0 ? [{ key: 'shared', heading: t('queue.view.shared') }] : []),
          ...shared.map(item),
          { key: 'line', divider: true as const },
          { key: 'save', label: t('queue.view.save'), onSelect: () => setSaving(true) },
          ...views.map(remove),
        ]}
      />
      {saving ? <SaveView filter={filter} sort={sort} onClose={() => setSaving(false)} /> : null}
    </>
  );
}

function SaveView({
  filter,
  sort,
  onClose,
}: {
  readonly filter: QueueFilter;
  readonly sort: QueueSort;
  readonly onClose: () => void;
}) {
  const { rpc } = useDesk();
  const { t } = useTranslation();
  const command = useCommand();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);

  async function save(): Promise<void> {
    const saved = await command(() => rpc.views.save({ id: null, shared, name, filter, sort }), {
      done: t('queue.view.saved', { name }),
    });
    if (saved) onClose();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('queue.view.saveTitle')}
      closeLabel={t('common.close')}
      width={380}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button kind="primary" disabled={name.trim() === ''} onClick={() => void save()}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <Field
        label={t('queue.view.name')}
        value={name}
        onChange={setName}
        maxLength={120}
        autoFocus
        onKeyDown={(event) => {
          if (event.key === 'Enter' && name.trim() !== '') void save();
        }}
      />
      <Checkbox label={t('queue.view.forAll')} checked={shared} onChange={setShared} />
    </Dialog>
  );
}
