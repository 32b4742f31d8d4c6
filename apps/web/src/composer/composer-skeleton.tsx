import { Skeleton } from '@mantine/core';
import { Page } from '../ui/page.js';
import classes from './composer.module.css';

/** Of the size of the editor, so that nothing jumps. */
export function ComposerSkeleton({ title }: { title: string }) {
  return (
    <Page title={title}>
      <div className={classes['layout']} aria-busy="true">
        <div className={classes['editor']}>
          <Skeleton height={420} radius="lg" />
          <Skeleton height={120} radius="lg" mt="md" />
        </div>
        <div className={classes['previews']}>
          <Skeleton height={320} radius="lg" />
        </div>
      </div>
    </Page>
  );
}
