import { Button, Checkbox, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { channelsQuery } from '../api/queries.js';
import { useWorkspace } from '../app/workspace.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { QueryView } from '../ui/query-view.js';
import classes from './channels.module.css';
import { type Connection } from './connections.js';
import { type Place } from './place-choice.js';
import { PlaceChooser } from './place-chooser.js';
import { addChannels, placesQuery } from './places.js';
import { useArrivalFocus } from './use-arrival-focus.js';

interface ChooseChannelsProps {
  connection: Connection;
  onChosen: (connection: Connection) => void;
  onClose: () => void;
}

/** Which of the places that an account reaches become channels of this workspace. */
export function ChooseChannels({ connection, onChosen, onClose }: ChooseChannelsProps) {
  const workspace = useWorkspace();
  const places = useQuery(placesQuery(connection.id, workspace.id));
  const arrival = useArrivalFocus<HTMLParagraphElement>();
  return (
    <Stack gap="md">
      <Text ref={arrival} tabIndex={-1} className={classes['arrival']}>
        Where should <strong>{workspace.name}</strong> publish through {connection.account?.name ?? 'this account'}? You
        can add more at any time, without signing in again.
      </Text>
      <QueryView query={places} skeleton={<Skeleton height={320} radius="md" />}>
        {(found) => <Chooser connection={connection} places={found} onChosen={onChosen} onClose={onClose} />}
      </QueryView>
    </Stack>
  );
}

function Chooser({ connection, places, onChosen, onClose }: ChooseChannelsProps & { places: readonly Place[] }) {
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [acceptShared, setAcceptShared] = useState(false);
  const shared = places.some((place) => place.shared && chosen.has(place.id));
  const add = useMutation({
    mutationFn: () => addChannels(connection.id, { workspaceId: workspace.id, places: [...chosen], acceptShared }),
    onSuccess: async (connected) => {
      await queryClient.invalidateQueries({ queryKey: channelsQuery(workspace.id).queryKey });
      onChosen(connected);
    },
  });
  if (places.every(({ isChannel }) => isChannel)) {
    return <Text size="sm">Every place that this account reaches is a channel here already.</Text>;
  }
  return (
    <>
      <PlaceChooser places={places} chosen={chosen} onChange={setChosen} />
      {shared && (
        <Checkbox
          checked={acceptShared}
          onChange={(event) => setAcceptShared(event.currentTarget.checked)}
          label="Add channels that another workspace publishes to as well"
        />
      )}
      <ProblemAlert error={add.error} />
      <Group justify="flex-end">
        <Button variant="default" size="md" onClick={onClose} disabled={add.isPending}>
          Later
        </Button>
        <Button
          size="md"
          loading={add.isPending}
          disabled={chosen.size === 0 || (shared && !acceptShared)}
          onClick={() => add.mutate()}
        >
          {chosen.size === 0 ? 'Add channels' : `Add ${chosen.size} ${chosen.size === 1 ? 'channel' : 'channels'}`}
        </Button>
      </Group>
    </>
  );
}
