import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { createWords } from '../../shared/i18n/index.ts';
import { SignIn } from '../features/session/sign-in.tsx';
import { DeskContext } from '../lib/desk.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { ThemeProvider } from '../ui/theme-provider.tsx';
import { ToastStack } from '../ui/toasts.tsx';
import type { AppDesk } from './create-desk.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Frame } from './frame.tsx';
import { SetupPage } from './setup-page.tsx';
import { LinkBars } from './link-bars.tsx';
import styles from './app.module.css';

const lightQuery = matchMedia('(prefers-color-scheme: light)');

export function App({ desk }: { readonly desk: AppDesk }) {
  const { theme, language } = useStore(desk.preferences.store);
  const light = useSyncExternalStore(onSystemTheme, () => lightQuery.matches);
  const scheme = theme === 'system' ? (light ? 'light' : 'dark') : theme;
  const words = useMemo(() => createWords(desk.preferences.store.getState().language), [desk]);

  useEffect(() => {
    void words.changeLanguage(language);
    document.documentElement.lang = language;
  }, [words, language]);

  return (
    <I18nextProvider i18n={words}>
      <DeskContext value={desk}>
        <ThemeProvider scheme={scheme}>
          <ErrorBoundary desk={desk} root>
            <Screen desk={desk} />
          </ErrorBoundary>
          <Voices desk={desk} />
        </ThemeProvider>
      </DeskContext>
    </I18nextProvider>
  );
}

/** Who is at the desk decides what is on it. */
function Screen({ desk }: { readonly desk: AppDesk }) {
  const { t } = useTranslation();
  const { status, person } = useStore(desk.session.store);
  const setupNeeded = useStore(desk.shell, (state) => state.description?.setupNeeded);

  // The wizard makes the first person and signs them in: it stays until it says it has done.
  const [wizard, setWizard] = useState<'maybe' | 'runs' | 'done'>('maybe');
  if (setupNeeded && wizard === 'maybe') setWizard('runs');

  if (status === 'in' && person && wizard !== 'runs') return <Frame desk={desk} person={person} />;
  return (
    <div className={styles.screen}>
      <Title />
      <LinkBars desk={desk} />
      <main className={styles.main}>
        {wizard === 'runs' ? (
          <SetupPage onDone={() => setWizard('done')} />
        ) : status === 'out' && setupNeeded === false ? (
          <SignIn />
        ) : (
          <EmptyState title={t('frame.bar.connecting')} />
        )}
      </main>
    </div>
  );
}

/** Where nobody is at work yet; the frame keeps its own. */
function Title() {
  usePageTitle(0);
  return null;
}

function Voices({ desk }: { readonly desk: AppDesk }) {
  const { t } = useTranslation();
  return (
    <>
      <ToastStack toasts={desk.toasts} label={t('common.notifications')} closeLabel={t('common.close')} />
      <LiveRegion announcer={desk.announcer} />
    </>
  );
}

function onSystemTheme(listener: () => void): () => void {
  lightQuery.addEventListener('change', listener);
  return () => lightQuery.removeEventListener('change', listener);
}
