import { Anchor, Button, Divider, Drawer, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconDownload, IconFolder, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../app/workspace.js';
import { type Media } from '../api/queries.js';
import { QueryView } from '../ui/query-view.js';
import { TimeText } from '../ui/time-text.js';
import classes from './detail.module.css';
import { FileForm } from './file-form.js';
import { pathOf } from './folders.js';
import { fileQuery, foldersQuery, usesQuery } from './queries.js';
import { UseList } from './use-list.js';
import { VersionsPart } from './versions-part.js';
import { factsOf, pictureInWords } from './words.js';

interface DetailPanelProps {
  workspaceId: string;
  id: string | undefined;
  onClose: () => void;
  onOpen: (id: string) => void;
  onMove: (media: Media) => void;
  onDelete: (media: Media) => void;
}

/** Everything about one file: how it looks, what it is, where it is used. */
export function DetailPanel({ workspaceId, id, onClose, ...actions }: DetailPanelProps) {
  return (
    <Drawer opened={id !== undefined} onClose={onClose} position="right" size={480} title="Details of the file">
      {id !== undefined && <Details key={id} workspaceId={workspaceId} id={id} {...actions} />}
    </Drawer>
  );
}

type DetailsProps = Omit<DetailPanelProps, 'id' | 'onClose'> & { id: string };

function Details({ workspaceId, id, ...actions }: DetailsProps) {
  const query = useQuery(fileQuery(workspaceId, id));
  return (
    <QueryView query={query} skeleton={<Skeleton height={560} radius="lg" />}>
      {(media) => <Shown workspaceId={workspaceId} media={media} {...actions} />}
    </QueryView>
  );
}

function Shown({ workspaceId, media, onOpen, onMove, onDelete }: Omit<DetailsProps, 'id'> & { media: Media }) {
  const mayWrite = useMay('posts.write');
  return (
    <Stack gap="lg">
      <Preview media={media} />
      <Group gap="xs">
        <Button
          component="a"
          href={`/v1/media/${media.id}/content`}
          download={media.filename}
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          Download original
        </Button>
        {mayWrite && (
          <>
            <Button variant="default" leftSection={<IconFolder size={16} aria-hidden />} onClick={() => onMove(media)}>
              Move to…
            </Button>
            <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => onDelete(media)}>
              Delete
            </Button>
          </>
        )}
      </Group>
      <FileForm key={media.version} workspaceId={workspaceId} media={media} mayWrite={mayWrite} />
      <Divider />
      <Facts workspaceId={workspaceId} media={media} />
      <Divider />
      <Uses workspaceId={workspaceId} id={media.id} />
      <Divider />
      <VersionsPart workspaceId={workspaceId} media={media} mayWrite={mayWrite} onOpen={onOpen} />
    </Stack>
  );
}

function Preview({ media }: { media: Media }) {
  const content = `/v1/media/${media.id}/content`;
  switch (media.kind) {
    case 'image':
      return <img className={classes['preview']} src={`${content}?width=800`} alt={pictureInWords(media)} />;
    case 'video':
      return (
        // What people upload has no captions of its own; its description stands below it.
        <video
          className={classes['preview']}
          src={content}
          poster={`${content}?width=800`}
          aria-label={pictureInWords(media)}
          controls
          preload="none"
          playsInline
        />
      );
    case 'document':
      return (
        <>
          {media.facts.picture && (
            <img
              className={classes['preview']}
              src={`${content}?width=800`}
              alt={`The first page of ${media.filename}`}
            />
          )}
          <Anchor href={content} download={media.filename} size="sm">
            {media.filename}
          </Anchor>
        </>
      );
  }
}

function Facts({ workspaceId, media }: { workspaceId: string; media: Media }) {
  const { data: folders = [] } = useQuery(foldersQuery(workspaceId));
  const place = pathOf(folders, media.folderId ?? undefined).map(({ name }) => name);
  return (
    <section aria-labelledby="file-facts">
      <Title order={3} size="h4" mb="xs" id="file-facts">
        The file
      </Title>
      <dl className={classes['facts']}>
        {factsOf(media).map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>Folder</dt>
          <dd>{place.length > 0 ? place.join(' › ') : 'None'}</dd>
        </div>
        <div>
          <dt>Uploaded</dt>
          <dd>
            <TimeText at={media.createdAt} />
            {media.uploadedBy && `, by ${media.uploadedBy.name}`}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Uses({ workspaceId, id }: { workspaceId: string; id: string }) {
  const query = useQuery(usesQuery(workspaceId, id));
  return (
    <section aria-labelledby="file-uses">
      <Title order={3} size="h4" mb={4} id="file-uses">
        Where it is used
      </Title>
      <QueryView query={query} skeleton={<Skeleton height={48} />}>
        {({ data, count }) =>
          count === 0 ? (
            <Text size="sm" c="dimmed">
              No post uses it.
            </Text>
          ) : (
            <>
              <UseList workspaceId={workspaceId} uses={data} />
              {count > data.length && (
                <Text size="xs" c="dimmed">
                  And {count - data.length} more.
                </Text>
              )}
            </>
          )
        }
      </QueryView>
    </section>
  );
}
