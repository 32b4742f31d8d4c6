import { Alert, Anchor, Progress, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useDisplayZone } from '../ui/zone.js';
import { budgetInWords, dateInWords, optionInWords, versionWarning } from './app-words.js';
import { type AppUse } from './apps.js';
import classes from './installation.module.css';

/** Which version of a network's API is used, and until when; nothing where its requests name none. */
export function AppVersion({ use }: { use: AppUse }) {
  const { apiVersion, name } = use;
  if (!apiVersion) return null;
  const warning = versionWarning(use, apiVersion);
  return (
    <div>
      <Text size="sm">
        Version {apiVersion.version} of the API of {name}
        {apiVersion.endsOn !== null && (
          <>
            , which {apiVersion.standing === 'ended' ? 'ended' : 'ends'} on{' '}
            <time dateTime={apiVersion.endsOn}>{dateInWords(apiVersion.endsOn)}</time>
          </>
        )}
        .{' '}
        <Anchor href={apiVersion.docs} target="_blank" rel="noreferrer" inherit underline="always">
          Versions of {name}
        </Anchor>
      </Text>
      {warning && (
        <Alert
          mt="sm"
          color={apiVersion.standing === 'ended' ? 'red' : 'yellow'}
          icon={<IconAlertTriangle aria-hidden />}
          title={
            <Text span inherit c="var(--mantine-color-text)">
              {warning.title}
            </Text>
          }
        >
          <Text size="sm">{warning.text}</Text>
        </Alert>
      )}
    </div>
  );
}

/** What of a network's API is used today of what it allows this app; nothing where it counts nothing by the day. */
export function AppBudgets({ use: { budgets, name } }: { use: AppUse }) {
  const zone = useDisplayZone();
  if (budgets.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={550}>
        Used today at {name}
      </Text>
      <ul className={classes['budgets']}>
        {budgets.map((budget) => {
          const words = budgetInWords(budget, zone);
          return (
            <li key={budget.id}>
              <Progress
                value={Math.min(100, (budget.used / Math.max(1, budget.limit)) * 100)}
                color={budget.used >= budget.limit ? 'red' : 'iris'}
                aria-label={words}
              />
              <Text size="sm">
                {words}{' '}
                <Anchor href={budget.docs} target="_blank" rel="noreferrer" inherit underline="always">
                  Why<span className="visually-hidden"> there is this limit: {budget.what}</span>
                </Anchor>
              </Text>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** What can be said about a network by variables of the environment, and what counts now. */
export function AppOptions({ use: { name, options } }: { use: AppUse }) {
  if (options.length === 0) return null;
  return (
    <details className={classes['options']}>
      <summary>Options of {name}</summary>
      <Text size="sm" c="dimmed">
        They are set by variables of the environment, and count from the next start on.
      </Text>
      <ul className={classes['lines']}>
        {options.map((option) => (
          <li key={option.variable} className={classes['option']}>
            <Text size="sm" fw={550}>
              {option.label}
            </Text>
            {option.help !== null && (
              <Text size="sm" c="dimmed">
                {option.help}
              </Text>
            )}
            <Text size="sm" className={classes['setting'] ?? ''}>
              <code>{option.variable}</code>: {optionInWords(option)}
              {option.setBy === 'default' && option.value !== null && ', the default'}
            </Text>
          </li>
        ))}
      </ul>
    </details>
  );
}
