import { Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { type ReactNode } from 'react';
import { Logo } from '../app/logo.js';
import classes from './auth-layout.module.css';
import { PromisePanel } from './promise-panel.js';

interface AuthLayoutProps {
  title: string;
  /** One line under the title. */
  description: ReactNode;
  children: ReactNode;
}

/** The frame of signing up and in: the form, and beside it on a wide screen what ClickPost promises. */
export function AuthLayout({ title, description, children }: AuthLayoutProps) {
  useDocumentTitle(`${title} · ClickPost`);
  return (
    <div className={classes['frame']}>
      <main className={classes['main']}>
        <Logo />
        <div className={classes['form']}>
          <Title order={1}>{title}</Title>
          <Text c="dimmed" mt={4} mb="lg">
            {description}
          </Text>
          {children}
        </div>
      </main>
      <PromisePanel />
    </div>
  );
}
