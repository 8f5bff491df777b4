import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../lib/desk.ts';
import { useCommand } from '../../lib/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';

const example = 'https://tiles.example/{z}/{x}/{y}.png';

/** A server of map tiles, for those who want one; without it nothing of the map leaves the machine. */
export function TileSetting({ address }: { readonly address: string }) {
  const { t } = useTranslation();
  const { rpc } = useDesk();
  const command = useCommand();
  const [text, setText] = useState<string | null>(null);

  async function save(tiles: string): Promise<void> {
    const saved = await command(() => rpc.reports.saveTiles({ tiles: tiles.trim() }), {
      done: t('reports.map.tilesSaved'),
    });
    if (saved !== undefined) setText(null);
  }

  return (
    <>
      <Button onClick={() => setText(address)}>{t('reports.map.tiles')}</Button>
      <Dialog
        open={text !== null}
        title={t('reports.map.tilesTitle')}
        closeLabel={t('settings.close')}
        onClose={() => setText(null)}
        footer={
          <>
            {address === '' ? null : (
              <Button onClick={() => void save('')}>{t('reports.map.tilesOff')}</Button>
            )}
            <Button kind="primary" onClick={() => void save(text ?? '')}>
              {t('settings.save')}
            </Button>
          </>
        }
      >
        <Field
          label={t('reports.map.tilesAddress')}
          value={text ?? ''}
          onChange={setText}
          mono
          placeholder={example}
          description={t('reports.map.tilesHelp')}
        />
        <Notice tone="info">{t('reports.map.tilesPrivacy')}</Notice>
      </Dialog>
    </>
  );
}
