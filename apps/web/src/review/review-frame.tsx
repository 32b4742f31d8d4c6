import { useDocumentTitle } from '@mantine/hooks';
import { type ReactNode } from 'react';
import { Logo } from '../app/logo.js';
import classes from './review.module.css';

interface ReviewFrameProps {
  title: string;
  /** For a form, or a few words. */
  narrow?: boolean;
  /** Whether a bar lies over its end. */
  withBar?: boolean;
  children: ReactNode;
}

/** The frame of what clients see: no navigation, since they have no account. */
export function ReviewFrame({ title, narrow = false, withBar = false, children }: ReviewFrameProps) {
  useDocumentTitle(`${title} · ClickPost`);
  return (
    <div className={classes['frame']} data-bar={withBar || undefined}>
      <main className={`${classes['main']} ${narrow ? classes['narrow'] : ''}`}>
        <div className={classes['top']}>
          <Logo size={22} />
        </div>
        {children}
      </main>
    </div>
  );
}
