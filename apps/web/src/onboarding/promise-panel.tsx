import { Group, List, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck, IconCircleCheck, IconClock, IconPhoto, IconUserCheck } from '@tabler/icons-react';
import classes from './auth-layout.module.css';

const PROMISES = [
  { what: 'Nothing is lost.', how: 'What is scheduled survives crashes, restarts and lost connections.' },
  {
    what: 'Nothing is published twice.',
    how: 'When a network does not answer, ClickPost looks before it sends again.',
  },
  { what: 'Nothing unapproved goes out.', how: 'What was agreed to is compared, letter for letter, before it leaves.' },
  { what: 'Every outcome is explained.', how: 'Each post has a log of what happened, when and why.' },
];

/** What ClickPost promises, with the log of a post as a picture of it. */
export function PromisePanel() {
  return (
    <aside className={classes['promise']} aria-label="What ClickPost promises">
      <Stack gap="xl" className={classes['content']}>
        <Title order={2} size="h1">
          Write once. Know what happened.
        </Title>
        <ExampleLog />
        <List
          spacing="sm"
          center={false}
          icon={
            <ThemeIcon size={22} radius="xl" variant="light" aria-hidden>
              <IconCheck size={14} stroke={2.4} />
            </ThemeIcon>
          }
        >
          {PROMISES.map(({ what, how }) => (
            <List.Item key={what}>
              <Text size="sm">
                <Text span inherit fw={650}>
                  {what}
                </Text>{' '}
                {how}
              </Text>
            </List.Item>
          ))}
        </List>
      </Stack>
    </aside>
  );
}

const ENTRIES = [
  { icon: IconClock, text: 'Scheduled by Ada', at: 'Mon 16:20' },
  { icon: IconUserCheck, text: 'Approved by the client, as it stands', at: 'Mon 17:05' },
  { icon: IconPhoto, text: 'Image fitted and uploaded', at: 'Tue 08:55' },
  { icon: IconCircleCheck, text: 'Published, and seen there', at: 'Tue 09:00' },
];

function ExampleLog() {
  return (
    <div className={classes['card']} role="img" aria-label="An example of a post’s log, from scheduled to published">
      <Group justify="space-between" mb="md">
        <Text fw={600} size="sm">
          The story of one post
        </Text>
        <Text size="xs" c="dimmed">
          Example
        </Text>
      </Group>
      <div className={classes['entries']}>
        {ENTRIES.map(({ icon: Sign, text, at }) => (
          <div key={text} className={classes['entry']}>
            <span className={classes['dot']}>
              <Sign size={14} stroke={2} />
            </span>
            <Text size="sm">{text}</Text>
            <Text size="xs" c="dimmed" className="tabular" lh="1.5rem">
              {at}
            </Text>
          </div>
        ))}
      </div>
    </div>
  );
}
