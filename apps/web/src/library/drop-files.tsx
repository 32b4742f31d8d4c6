import { IconPhotoPlus } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import classes from './library.module.css';

interface DropFilesProps {
  /** Left out where nothing can be uploaded. */
  onFiles: ((files: File[]) => void) | undefined;
  children: ReactNode;
}

/** Takes files of the computer that are dropped anywhere on it. */
export function DropFiles({ onFiles, children }: DropFilesProps) {
  const [isOver, setOver] = useState(false);
  // Entering a child is told before leaving its parent.
  const depth = useRef(0);
  const holdsFiles = (event: DragEvent) => onFiles !== undefined && event.dataTransfer.types.includes('Files');
  const step = (event: DragEvent, by: 1 | -1) => {
    if (!holdsFiles(event)) return;
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  return (
    <div
      className={classes['drop']}
      onDragEnter={(event) => step(event, 1)}
      onDragLeave={(event) => step(event, -1)}
      onDragOver={(event) => holdsFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        onFiles?.([...event.dataTransfer.files]);
      }}
    >
      {children}
      {isOver && (
        <div className={classes['dropHint']} aria-hidden>
          <IconPhotoPlus size={32} stroke={1.5} />
          Drop files here to upload them
        </div>
      )}
    </div>
  );
}
