import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../lib/desk.ts';
import { useKeys, useShortcut } from '../../lib/hotkeys.ts';
import { nameOf } from '../../lib/reference-store.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';

export function TemplateMenu({ onChoose }: { readonly onChoose: (templateKey: string) => void }) {
  const { t } = useTranslation();
  const { reference, preferences } = useDesk();
  const keys = useKeys();
  const [open, setOpen] = useState(false);
  const templates = useStore(reference, (state) => state.templates);
  const language = useStore(preferences.store, (state) => state.language);

  useShortcut('templates', () => setOpen(true));

  const items = templates
    .filter(({ automatic }) => !automatic)
    .map((template) => ({
      key: template.key,
      label: nameOf(template, language),
      onSelect: () => onChoose(template.key),
    }));
  const nothing = [
    { key: 'none', label: t('composer.begin.noTemplates'), onSelect: () => {}, disabled: true },
  ];

  return (
    <Menu
      open={open}
      onOpenChange={setOpen}
      target={<Button keys={keys('templates')}>{t('composer.begin.templates')}</Button>}
      items={items.length > 0 ? items : nothing}
    />
  );
}
