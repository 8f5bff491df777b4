import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Desk } from '../lib/desk.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { report } from './create-desk.ts';

type Props = { readonly desk: Desk; readonly root?: boolean; readonly children: ReactNode };

/** React knows no other way to catch a failed render than a class. */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    report(this.props.desk, 'page.render-failed', new Error(`${error.message}${info.componentStack ?? ''}`));
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <Failed root={this.props.root ?? false} onRetry={() => this.setState({ failed: false })} />;
  }
}

function Failed({ root, onRetry }: { readonly root: boolean; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      tone="error"
      title={t(root ? 'frame.crash.root' : 'frame.crash.title')}
      action={
        <Button kind="primary" onClick={root ? () => location.reload() : onRetry}>
          {t(root ? 'frame.crash.reload' : 'frame.crash.retry')}
        </Button>
      }
    >
      {t(root ? 'frame.crash.rootText' : 'frame.crash.text')}
    </EmptyState>
  );
}
