import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { NARROW_PX } from '../theme/tokens.js';
import { useLeaving } from '../ui/use-leaving.js';
import { LeftBehindList } from './left-behind-list.js';
import classes from './media.module.css';
import { useShownElsewhere } from './shown-elsewhere.js';
import { UploadButtons } from './upload-buttons.js';
import { isUnderWay, type UploadItem } from './upload-item.js';
import { UploadStatus } from './upload-status.js';
import { uploaderOf } from './uploader.js';
import { useLeftBehind } from './use-left-behind.js';
import { useAllUploads } from './use-uploader.js';

/** All uploads of this page at the bottom of the frame, whichever screen is open; leaving the page asks first. */
export function UploadTray({ workspaceId }: { workspaceId: string | undefined }) {
  const all = useAllUploads();
  const elsewhere = useShownElsewhere();
  // On a phone it would lie over what somebody works on.
  const isNarrow = useMediaQuery(`(max-width: ${NARROW_PX - 1}px)`, undefined, { getInitialValueInEffect: false });
  const [chosen, setFolded] = useState<boolean>();
  const isFolded = chosen ?? isNarrow === true;
  useLeaving(() => all.some(isUnderWay));
  const items = all.filter(({ id }) => !elsewhere.has(id));
  const left = useLeftBehind(workspaceId, all);
  if (items.length === 0 && left.items.length === 0) return null;
  const finished = items.filter((item) => !isUnderWay(item));
  const clear = () => {
    for (const item of finished) uploaderOf(item.workspaceId).drop(item.id);
    left.dismiss();
  };
  return (
    <section className={classes['tray']} aria-label="Uploads" data-folded={isFolded || undefined}>
      <div className={classes['trayHead']}>
        <Text size="sm" fw={600}>
          {titleOf(items)}
        </Text>
        <Group gap={2} wrap="nowrap">
          {finished.length > 1 && finished.length < items.length && (
            <Button size="compact-sm" variant="subtle" onClick={clear}>
              Clear
            </Button>
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={isFolded ? 'Show the uploads' : 'Fold the uploads'}
            aria-expanded={!isFolded}
            onClick={() => setFolded(!isFolded)}
          >
            {isFolded ? <IconChevronUp size={17} aria-hidden /> : <IconChevronDown size={17} aria-hidden />}
          </ActionIcon>
          {finished.length === items.length && (
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Close the uploads" onClick={clear}>
              <IconX size={17} aria-hidden />
            </ActionIcon>
          )}
        </Group>
      </div>
      {!isFolded && (
        <>
          {items.length > 0 && (
            <ul className={classes['trayItems']} tabIndex={0} aria-label="Files">
              {items.map((item) => (
                <TrayItem key={item.id} item={item} />
              ))}
            </ul>
          )}
          <LeftBehindList left={left} />
        </>
      )}
    </section>
  );
}

function TrayItem({ item }: { item: UploadItem }) {
  return (
    <li className={classes['trayItem']}>
      <UploadStatus item={item} />
      <UploadButtons item={item} actions={uploaderOf(item.workspaceId)} />
    </li>
  );
}

function titleOf(items: readonly UploadItem[]): string {
  const coming = items.filter(isUnderWay).length;
  const refused = items.filter(({ state }) => state === 'refused').length;
  const done = items.length - coming - refused;
  if (coming > 0) return `Uploading ${files(coming)}`;
  if (refused > 0) return done > 0 ? `${files(done)} uploaded, ${refused} not taken` : `${files(refused)} not taken`;
  if (done > 0) return `${files(done)} uploaded`;
  return 'Unfinished uploads';
}

function files(count: number): string {
  return `${count} ${count === 1 ? 'file' : 'files'}`;
}
