import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconMinus } from '@tabler/icons-react';
import { useState } from 'react';
import { ProblemAlert } from '../ui/problem-alert.js';
import classes from './channels.module.css';
import { counted } from './connection-words.js';
import { FEW_PLACES, gainedPlace } from './place-choice.js';
import { PlaceChooser } from './place-chooser.js';
import { type ReconnectPreview as Preview } from './reconnection.js';
import { useArrivalFocus } from './use-arrival-focus.js';

interface ReconnectPreviewProps {
  preview: Preview;
  busy: boolean;
  error: unknown;
  /** @param add the ids of the new places that become channels */
  onConfirm: (body: { acceptShared: boolean; add: string[] }) => void;
  onDrop: () => void;
}

/** What the new sign-in would change, channel by channel, before anything does. */
export function ReconnectPreview({ preview, busy, error, onConfirm, onDrop }: ReconnectPreviewProps) {
  const { account, gained, kept, lost } = preview;
  const [acceptShared, setAcceptShared] = useState(false);
  const places = gained.map(gainedPlace);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(gained.length > FEW_PLACES ? [] : gained.map(({ externalId }) => externalId)),
  );
  const arrival = useArrivalFocus<HTMLParagraphElement>();
  const held = lost.reduce((sum, { scheduled }) => sum + scheduled, 0);
  return (
    <Stack gap="md">
      <Text ref={arrival} tabIndex={-1} className={classes['arrival']} role="status">
        Signed in as <strong>{account.name ?? account.id}</strong>. Nothing has changed yet.
      </Text>
      {lost.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title="Some channels would be lost">
          This account no longer reaches them. They stay in the list, disconnected, and nothing is deleted
          {held > 0 && `; ${counted(held, 'publication')} scheduled there would be held`}.
        </Alert>
      )}
      {preview.missingScopes.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title="Some permissions are missing">
          This would not work: {preview.missingScopes.map(({ feature }) => feature).join(', ')}.
        </Alert>
      )}
      <Places title="Go on as they are" icon={<IconCheck size={16} aria-hidden />} places={kept.map(scheduledOn)} />
      <Places title="Would be lost" icon={<IconMinus size={16} aria-hidden />} places={lost.map(scheduledOn)} />
      {places.length > 0 && (
        <section aria-label="Would be added">
          <Text size="sm" fw={600} mb={4}>
            Would be added, as you choose
          </Text>
          <PlaceChooser places={places} chosen={chosen} onChange={setChosen} />
        </section>
      )}
      {kept.length + lost.length + gained.length === 0 && (
        <Text size="sm">This account has no place to publish to, and the connection has no channel.</Text>
      )}
      {gained.some(({ externalId, shared }) => shared && chosen.has(externalId)) && (
        <Checkbox
          checked={acceptShared}
          onChange={(event) => setAcceptShared(event.currentTarget.checked)}
          label="Add channels that another workspace publishes to as well"
        />
      )}
      <ProblemAlert error={error} />
      <Group justify="flex-end">
        <Button variant="default" size="md" onClick={onDrop} disabled={busy}>
          Leave it as it is
        </Button>
        <Button size="md" loading={busy} onClick={() => onConfirm({ acceptShared, add: [...chosen] })}>
          Reconnect
        </Button>
      </Group>
    </Stack>
  );
}

interface Place {
  id: string;
  name: string;
  note: string | null;
}

function scheduledOn({ id, name, scheduled }: Preview['kept'][number]): Place {
  return { id, name, note: scheduled > 0 ? `${scheduled} scheduled` : null };
}

function Places({ title, icon, places }: { title: string; icon: React.ReactNode; places: readonly Place[] }) {
  if (places.length === 0) return null;
  return (
    <section aria-label={title}>
      <Text size="sm" fw={600} mb={4}>
        {title}
      </Text>
      <ul className={classes['places']}>
        {places.map(({ id, name, note }) => (
          <li key={id}>
            {icon}
            <Text span size="sm" style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Text>
            {note && (
              <Text span size="sm" c="dimmed">
                {note}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
