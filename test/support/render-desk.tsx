import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { render } from 'vitest-browser-react';
import { DeskContext, type Desk } from '../../src/renderer/lib/desk.ts';
import { ThemeProvider } from '../../src/renderer/ui/theme-provider.tsx';
import { createWords } from '../../src/shared/i18n/index.ts';
import '../../src/renderer/styles/main.css';

/** Renders with everything a component may ask for. */
export function renderDesk(desk: Desk, children: ReactNode) {
  return render(
    <I18nextProvider i18n={createWords('ru')}>
      <DeskContext value={desk}>
        <ThemeProvider scheme="dark">{children}</ThemeProvider>
      </DeskContext>
    </I18nextProvider>,
  );
}
