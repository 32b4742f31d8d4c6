import { IconPhotoPlus } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import classes from './composer.module.css';
import { useComposer } from './context.js';

/** The editor takes files that are dropped on it or pasted into it. */
export function DropZone({ children }: { children: ReactNode }) {
  const { uploads, tab } = useComposer();
  const [over, setOver] = useState(false);
  // Entering a child is told before leaving its parent.
  const depth = useRef(0);
  const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const end = () => {
    depth.current = 0;
    setOver(false);
  };
  return (
    <div
      className={classes['sheet']}
      data-over={over || undefined}
      onDragEnter={(event) => {
        if (!holdsFiles(event)) return;
        depth.current += 1;
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!holdsFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) end();
      }}
      onDragOver={(event) => holdsFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        end();
        uploads.add([...event.dataTransfer.files], { channelId: tab, part: partAt(event.target) });
      }}
      onPaste={(event) => {
        const files = [...event.clipboardData.files].filter(({ type }) => /^(image|video|application)\//.test(type));
        // Text processors put a picture of the text beside the text.
        if (files.length === 0 || event.clipboardData.getData('text/plain').trim() !== '') return;
        event.preventDefault();
        uploads.add(files, { channelId: tab, part: partAt(event.target) });
      }}
    >
      {children}
      {over && (
        <div className={classes['dropHint']} aria-hidden>
          <IconPhotoPlus size={32} stroke={1.5} />
          Drop files here
        </div>
      )}
    </div>
  );
}

/** The part of the thread in which something happened; undefined = the post itself. */
function partAt(target: EventTarget): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-part]')?.dataset['part'] : undefined;
}
