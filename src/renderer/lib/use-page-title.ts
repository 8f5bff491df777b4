import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from './desk.ts';

/** The window's and the tab's name: how many alarms wait, and whether the desk is a lesson. */
export function usePageTitle(count: number): void {
  const { t } = useTranslation();
  const { shell } = useDesk();
  const demo = useStore(shell, (state) => state.description?.demo ?? false);
  useEffect(() => {
    const product = t(demo ? 'common.trainingProduct' : 'common.product');
    document.title = count > 0 ? t('alarms.pageTitle', { count, product }) : product;
  }, [count, demo, t]);
}
