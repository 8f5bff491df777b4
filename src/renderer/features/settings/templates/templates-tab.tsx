import { ArrowDown, ArrowUp, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Template } from '../../../../shared/contract/templates.ts';
import { useDesk } from '../../../lib/desk.ts';
import { nameOf } from '../../../lib/reference-store.ts';
import { useCommand } from '../../../lib/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import styles from '../settings.module.css';
import { blankTemplate } from './template-draft.ts';
import { TemplateForm } from './template-form.tsx';
import own from './templates.module.css';

/** The templates in the order of the menu, and the one that is edited. */
export function TemplatesTab() {
  const { t } = useTranslation();
  const { rpc, reference, preferences } = useDesk();
  const command = useCommand();
  const templates = useStore(reference, (state) => state.templates);
  const language = useStore(preferences.store, (state) => state.language);
  const [chosen, setChosen] = useState<number>();
  const template = templates.find(({ id }) => id === chosen) ?? templates[0];

  async function add(): Promise<void> {
    const blank = blankTemplate(t('lettersOut.template.newName'), t('lettersOut.template.newNameEn'));
    const saved = await command(() => rpc.templates.save({ id: null, ...blank }));
    if (saved) setChosen(saved.id);
  }

  function move(index: number, by: -1 | 1): void {
    const ids = templates.map(({ id }) => id);
    const [moved] = ids.splice(index, 1);
    if (moved === undefined) return;
    ids.splice(index + by, 0, moved);
    void command(() => rpc.templates.order({ ids }));
  }

  return (
    <section className={styles.wide} aria-label={t('settings.templates.title')}>
      <p className={styles.faint}>{t('settings.templates.help')}</p>
      <div className={own.columns}>
        <nav aria-label={t('lettersOut.template.list')}>
          <ol className={own.list}>
            {templates.map((other, index) => (
              <Row
                key={other.id}
                template={other}
                name={nameOf(other, language)}
                chosen={other.id === template?.id}
                first={index === 0}
                last={index === templates.length - 1}
                onChoose={() => setChosen(other.id)}
                onMove={(by) => move(index, by)}
              />
            ))}
          </ol>
          <Button icon={<Plus size={14} />} onClick={() => void add()}>
            {t('lettersOut.template.add')}
          </Button>
        </nav>
        {template ? <TemplateForm key={template.id} template={template} /> : null}
      </div>
    </section>
  );
}

function Row({
  template,
  name,
  chosen,
  first,
  last,
  onChoose,
  onMove,
}: {
  readonly template: Template;
  readonly name: string;
  readonly chosen: boolean;
  readonly first: boolean;
  readonly last: boolean;
  readonly onChoose: () => void;
  readonly onMove: (by: -1 | 1) => void;
}) {
  const { t } = useTranslation();
  return (
    <li className={own.row} data-chosen={chosen}>
      <button type="button" className={own.name} aria-current={chosen} onClick={onChoose}>
        <span>{name}</span>
        <small>
          {template.automatic
            ? t('lettersOut.template.automatic')
            : t(`lettersOut.template.audiences.${template.audience}`)}
        </small>
      </button>
      <IconButton
        small
        disabled={first}
        label={t('lettersOut.template.up', { name })}
        icon={<ArrowUp size={14} />}
        onClick={() => onMove(-1)}
      />
      <IconButton
        small
        disabled={last}
        label={t('lettersOut.template.down', { name })}
        icon={<ArrowDown size={14} />}
        onClick={() => onMove(1)}
      />
    </li>
  );
}
