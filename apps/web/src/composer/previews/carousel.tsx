import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { type Details } from './details.js';
import classes from './gallery.module.css';
import { type SeenFile, ShownFile } from './shown-file.js';
import { Tags } from './tags.js';

interface CarouselProps {
  files: readonly SeenFile[];
  /** In which all are seen, width by height. */
  shape: number;
  marks: Details['marks'];
}

/** Files in one shape, one at a time: swiped, moved by the arrow keys or by its buttons. */
export function Carousel({ files, shape, marks }: CarouselProps) {
  const track = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(0);
  const several = files.length > 1;
  // Files can be taken out while the last one is looked at.
  const current = Math.min(seen, files.length - 1);
  const go = (to: number) => {
    const page = track.current?.children[to];
    if (!(page instanceof HTMLElement)) return;
    setSeen(to);
    track.current?.scrollTo({ left: page.offsetLeft, behavior: 'smooth' });
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || !several) return;
    event.preventDefault();
    go(current + step);
  };
  const follow = () => {
    const { scrollLeft = 0, clientWidth = 1 } = track.current ?? {};
    setSeen(Math.round(Math.abs(scrollLeft) / Math.max(1, clientWidth)));
  };
  const name = `Image ${current + 1} of ${files.length}`;
  return (
    <div
      className={classes['carousel']}
      {...(several && { role: 'group', 'aria-roledescription': 'carousel', 'aria-label': name })}
      onKeyDown={press}
    >
      <div
        ref={track}
        className={classes['track']}
        onScroll={follow}
        {...(several && { tabIndex: 0, role: 'group', 'aria-label': 'Images' })}
      >
        {files.map((file, index) => (
          <div key={file.id} className={classes['page']} style={{ aspectRatio: shape }} inert={index !== current}>
            <ShownFile file={file} />
            <Tags marks={marks.filter(({ media }) => media === index)} />
          </div>
        ))}
      </div>
      {several && (
        <>
          <span className={classes['count']} aria-hidden>
            {current + 1}/{files.length}
          </span>
          <Turn side="left" isOver={current === 0} onTurn={() => go(current - 1)} />
          <Turn side="right" isOver={current === files.length - 1} onTurn={() => go(current + 1)} />
          <span className={classes['dots']} aria-hidden>
            {files.map(({ id }, index) => (
              <span key={id} data-on={index === current || undefined} />
            ))}
          </span>
        </>
      )}
      <span className="visually-hidden" role="status">
        {several ? name : ''}
      </span>
    </div>
  );
}

/** At the end of the way it stays for the keyboard, and is not seen. */
function Turn({ side, isOver, onTurn }: { side: 'left' | 'right'; isOver: boolean; onTurn: () => void }) {
  const Sign = side === 'left' ? IconChevronLeft : IconChevronRight;
  return (
    <ActionIcon
      className={classes['turn'] ?? ''}
      data-side={side}
      data-over={isOver || undefined}
      variant="white"
      color="dark"
      radius="xl"
      size="sm"
      aria-label={side === 'left' ? 'Previous image' : 'Next image'}
      aria-disabled={isOver}
      onClick={() => {
        if (!isOver) onTurn();
      }}
    >
      <Sign size={16} aria-hidden />
    </ActionIcon>
  );
}
