import { useEffect, useRef } from 'react';
import styles from '../settings.module.css';

/** Takes the focus when its step appears: the next key goes on from here, and a screen reader says where one is. */
export function StepTitle({ children }: { readonly children: string }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <h2 ref={title} className={styles.stepTitle} tabIndex={-1}>
      {children}
    </h2>
  );
}
