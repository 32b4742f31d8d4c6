import { type ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { useMay, useMe } from '../app/workspace.js';
import { Page } from '../ui/page.js';
import classes from './settings.module.css';

interface SettingsPageProps {
  title: string;
  /** Buttons beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}

const WIDTH = 760;

/** The frame of every screen of the settings, with the ways to the others. */
export function SettingsPage({ title, actions, children }: SettingsPageProps) {
  const seesMembers = useMay('members.read');
  const readsAudit = useMay('audit.read');
  const managesWebhooks = useMay('webhooks.manage');
  const { operator } = useMe();
  return (
    <Page title={title} maxWidth={WIDTH} actions={actions}>
      <nav className={classes['places']} aria-label="Settings">
        <Link to="/settings" activeOptions={{ exact: true }}>
          General
        </Link>
        {seesMembers && <Link to="/settings/members">Members</Link>}
        <Link to="/settings/organization">Organization</Link>
        {managesWebhooks && <Link to="/settings/webhooks">Webhooks</Link>}
        {readsAudit && <Link to="/settings/audit-log">Audit log</Link>}
        {operator && <Link to="/settings/apps">Apps</Link>}
      </nav>
      {children}
    </Page>
  );
}
