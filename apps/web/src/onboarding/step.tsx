import { Paper, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './start.module.css';

/** Where a step stands. */
export type StepStatus = 'done' | 'current' | 'later';

interface StepProps {
  number: number;
  title: string;
  status: StepStatus;
  children?: ReactNode;
}

const WORDS: Record<StepStatus, string> = { done: 'done', current: 'next', later: 'later' };

/** One of the first steps. When its turn comes, it takes the focus, so that the keyboard goes on there. */
export function Step({ number, title, status, children }: StepProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(status);
  useEffect(() => {
    if (before.current === 'later' && status === 'current') heading.current?.focus();
    before.current = status;
  }, [status]);
  return (
    <Paper
      component="li"
      withBorder
      className={classes['step']}
      data-status={status}
      aria-current={status === 'current' ? 'step' : undefined}
    >
      <span className={classes['number']} aria-hidden>
        {status === 'done' ? <IconCheck size={18} stroke={2.4} /> : number}
      </span>
      <Title ref={heading} tabIndex={-1} order={2} size="h3" className={classes['heading']}>
        <Text span inherit {...(status === 'later' && { c: 'dimmed' })}>
          {title}
        </Text>
        <span className="visually-hidden">, {WORDS[status]}</span>
      </Title>
      <div className={classes['body']}>{children}</div>
    </Paper>
  );
}
