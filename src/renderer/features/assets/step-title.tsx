import { useEffect, useRef } from 'react';
import styles from './import.module.css';

/** The heading of a step takes the focus, so that a reader hears where it is and Tab goes on from there. */
export function StepTitle({ children }: { readonly children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h2 ref={heading} className={styles.title} tabIndex={-1}>
      {children}
    </h2>
  );
}
