import { Alert, Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { PlatformIcon } from '../ui/platform-icon.js';
import { CopyIcon } from '../ui/copy-button.js';
import { TimeText } from '../ui/time-text.js';
import { AppForm } from './app-form.js';
import { AppBudgets, AppOptions, AppVersion } from './app-options.js';
import { linesOf, usesOf } from './app-words.js';
import { type InstallationApp } from './apps.js';
import classes from './installation.module.css';
import { useRemoveApp } from './use-remove-app.js';

/** One app: whether it is set and by what, what to copy where, and the form. */
export function AppCard({ app }: { app: InstallationApp }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const remove = useRemoveApp(app);
  const { title, set, setBy, unreadable } = app;
  return (
    <Card component="section" aria-labelledby={id}>
      <Stack gap="md">
        <div className={classes['head']}>
          <PlatformIcon platform={app.platforms[0]?.id ?? app.name} size={32} />
          <div className={classes['about']}>
            <Title id={id} order={2} size="h4">
              {title}
            </Title>
            <Text size="sm" c="dimmed">
              For {usesOf(app)}
            </Text>
          </div>
          <Badge color={set ? 'teal' : 'gray'} variant="light">
            {set ? 'Set up' : 'Not set up'}
          </Badge>
        </div>
        {unreadable && (
          <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title="The secret cannot be read any more">
            <Text size="sm">The key with which it was encrypted is missing. Enter id and secret again.</Text>
          </Alert>
        )}
        <Standing app={app} />
        {app.platforms.map((use) => (
          <AppVersion key={use.id} use={use} />
        ))}
        {set && app.platforms.map((use) => <AppBudgets key={use.id} use={use} />)}
        <CopyLines app={app} />
        {app.platforms.map((use) => (
          <AppOptions key={use.id} use={use} />
        ))}
        {open ? (
          <AppForm app={app} onClose={() => setOpen(false)} />
        ) : (
          setBy !== 'environment' && (
            <Group>
              <Button variant={set ? 'default' : 'filled'} onClick={() => setOpen(true)}>
                {set ? 'Replace id and secret' : 'Enter id and secret'}
                <span className="visually-hidden"> of {title}</span>
              </Button>
              {app.entered && (
                <Button variant="subtle" color="red.9" onClick={() => void remove()}>
                  Remove<span className="visually-hidden"> the app of {title}</span>
                </Button>
              )}
            </Group>
          )
        )}
      </Stack>
    </Card>
  );
}

/** What counts, and who said so. */
function Standing({ app: { setBy, clientId, entered, variables } }: { app: InstallationApp }) {
  if (setBy === 'environment') {
    return (
      <Text size="sm">
        App id {clientId}, set by {variables.id} and {variables.secret}. What is set there wins, and is changed there.
      </Text>
    );
  }
  if (!entered) {
    return (
      <Text size="sm" c="dimmed">
        Make an app at the network, enter the addresses below there, then its id and secret here. {variables.id} and{' '}
        {variables.secret} do the same.
      </Text>
    );
  }
  return (
    <Text size="sm" component="div">
      App id {clientId}, entered by {entered.by} <TimeText at={entered.at} />
    </Text>
  );
}

function CopyLines({ app }: { app: InstallationApp }) {
  return (
    <div>
      <Text size="sm" fw={550}>
        Enter this at {app.title}
      </Text>
      <ul className={classes['lines']}>
        {linesOf(app).map(({ label, value }) => (
          <li key={`${label} ${value}`} className={classes['line']}>
            <span className={classes['label']}>{label}</span>
            <code className={classes['value']}>{value}</code>
            <CopyIcon text={() => value} label={`Copy the ${label.toLowerCase()}`} />
          </li>
        ))}
      </ul>
    </div>
  );
}
