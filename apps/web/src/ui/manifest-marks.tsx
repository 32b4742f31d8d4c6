import { ActionIcon, Button, Text, TextInput } from '@mantine/core';
import { IconMapPinPlus, IconTrash } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { type RefObject, useRef, useState } from 'react';
import { type Mark } from '#platforms/core';
import { mediaQuery } from '../api/queries.js';
import { ImagePins, type Point } from '../comments/image-pins.js';
import { Thumb } from '../media/thumb.js';
import { FieldGroup } from './manifest-group.js';
import classes from './manifest-fields.module.css';
import { countInWords } from './manifest-texts.js';
import { type FieldValue, type FormField, marksAsValue, marksIn } from './manifest-values.js';

/** A file of the post whose form this is. */
export interface FormFile {
  id: string;
  altText: string;
}

interface MarksFieldProps {
  field: FormField;
  value: FieldValue | undefined;
  /** The files of the post, in order. */
  files: readonly FormFile[];
  onChange: (value: FieldValue) => void;
  error: string | undefined;
  disabled: boolean;
}

const MIDDLE: Point = { x: 0.5, y: 0.5 };

/** Names on places of the post's images: a place is chosen by a click or by the arrow keys, then named. */
export function MarksField({ field, value, files, onChange, error, disabled }: MarksFieldProps) {
  const [chosen, setChosen] = useState(0);
  const known = useQueries({ queries: files.map(({ id }) => mediaQuery(id)) });
  const images = files.flatMap((file, media) =>
    known[media]?.data?.kind === 'image' ? [{ ...file, media, facts: known[media].data }] : [],
  );
  const image = images.find(({ media }) => media === chosen) ?? images[0];
  const marks = marksIn(value);
  const isFull = marks.length >= (field.maxItems ?? Number.POSITIVE_INFINITY);
  return (
    <FieldGroup field={field} error={error}>
      {!image && (
        <Text size="sm" c="dimmed" mt={4}>
          Add an image to the post first. Then choose a place in it.
        </Text>
      )}
      {images.length > 1 && (
        <div className={classes['files']} role="group" aria-label={`${field.label}: image`}>
          {images.map(({ id, media, facts }) => {
            const count = marks.filter((mark) => mark.media === media).length;
            return (
              <button
                key={id}
                type="button"
                className={classes['file']}
                aria-pressed={media === image?.media}
                aria-label={`Image ${media + 1}, ${count === 0 ? 'no names' : plural(count)}`}
                onClick={() => setChosen(media)}
              >
                <Thumb id={id} media={facts} />
                {count > 0 && <span className={classes['fileCount']}>{count}</span>}
              </button>
            );
          })}
        </div>
      )}
      {image && (
        <Stage
          key={image.id}
          field={field}
          image={image}
          marks={marks.filter(({ media }) => media === image.media)}
          disabled={disabled || isFull}
          onAdd={(mark) => onChange(marksAsValue([...marks, { ...mark, media: image.media }]))}
        />
      )}
      <MarkList
        marks={marks}
        several={images.length > 1}
        disabled={disabled}
        onRemove={(index) => onChange(marksAsValue(marks.toSpliced(index, 1)))}
      />
      {marks.length > 0 && (
        <Text size="xs" c="dimmed" mt={4} className="tabular">
          {countInWords(marks.length, field)}
        </Text>
      )}
    </FieldGroup>
  );
}

interface StageProps {
  field: FormField;
  image: FormFile & { media: number };
  marks: readonly Mark[];
  disabled: boolean;
  onAdd: (mark: Omit<Mark, 'media'>) => void;
}

function Stage({ field, image: { id, media, altText }, marks, disabled, onAdd }: StageProps) {
  const [point, setPoint] = useState<Point>();
  const stage = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setPoint(undefined);
    requestAnimationFrame(() => button.current?.focus());
  };
  return (
    <>
      <div ref={stage} className={classes['stage']}>
        <ImagePins pins={[]} {...(point && { chosen: point })} {...(!disabled && { onChoose: setPoint })}>
          <img src={`/v1/media/${id}/content?width=800`} alt={altText || `Image ${media + 1}`} draggable={false} />
          {marks.map(({ x, y, text }, index) => (
            <span key={index} className={classes['tag']} style={placeOf({ x, y })} aria-hidden>
              {text}
            </span>
          ))}
        </ImagePins>
      </div>
      {point ? (
        <Naming
          field={field}
          onCancel={close}
          onAdd={(text) => {
            onAdd({ ...point, text });
            close();
          }}
        />
      ) : (
        <div className={classes['foot']}>
          <Button
            ref={button}
            size="xs"
            variant="default"
            disabled={disabled}
            leftSection={<IconMapPinPlus size={16} aria-hidden />}
            onClick={() => {
              setPoint(MIDDLE);
              focusPoint(stage);
            }}
          >
            Choose a place
          </Button>
          <Text size="xs" c="dimmed">
            {disabled ? '' : 'or click the image'}
          </Text>
        </div>
      )}
    </>
  );
}

/** The point itself is moved by the arrow keys. */
function focusPoint(stage: RefObject<HTMLDivElement | null>): void {
  requestAnimationFrame(() => stage.current?.querySelector<HTMLElement>('[data-chosen]')?.focus());
}

interface NamingProps {
  field: FormField;
  onAdd: (text: string) => void;
  onCancel: () => void;
}

function Naming({ field: { label, placeholder, maxLength }, onAdd, onCancel }: NamingProps) {
  const [text, setText] = useState('');
  const add = () => {
    if (text.trim() !== '') onAdd(text.trim());
  };
  return (
    <div className={classes['naming']}>
      <TextInput
        label={`${label}: name at this place`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={text}
        {...(placeholder !== undefined && { placeholder })}
        {...(maxLength !== undefined && { maxLength })}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') return onCancel();
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          add();
        }}
      />
      <Button disabled={text.trim() === ''} onClick={add}>
        Add
      </Button>
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}

interface MarkListProps {
  marks: readonly Mark[];
  /** Whether there is more than one image to tell apart. */
  several: boolean;
  disabled: boolean;
  onRemove: (index: number) => void;
}

function MarkList({ marks, several, disabled, onRemove }: MarkListProps) {
  if (marks.length === 0) return null;
  return (
    <ul className={classes['items']}>
      {marks.map(({ text, media, x, y }, index) => (
        <li key={index} className={classes['marked']}>
          <Text size="sm" component="span">
            {text}
            <Text span inherit c="dimmed">
              {several && ` on image ${media + 1}`}
              <span className="visually-hidden">
                , {percent(x)} % from the left, {percent(y)} % from the top
              </span>
            </Text>
          </Text>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            disabled={disabled}
            aria-label={`Remove ${text}`}
            onClick={() => onRemove(index)}
          >
            <IconTrash size={17} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

function placeOf({ x, y }: Point) {
  return { insetInlineStart: `${x * 100}%`, insetBlockStart: `${y * 100}%` };
}

function percent(part: number): number {
  return Math.round(part * 100);
}

function plural(count: number): string {
  return count === 1 ? '1 name' : `${count} names`;
}
