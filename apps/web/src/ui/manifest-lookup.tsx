import { Button, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type LookedUp, type LookupAnswer } from '#platforms/core';
import { describeError } from '../api/problem.js';
import classes from './manifest-fields.module.css';
import { chosenIn, isCutOff, isGone, matching, type Upper } from './manifest-lists.js';
import { LookupSelect, unique, useTyping } from './manifest-lookup-select.js';
import { lookupQuery } from './manifest-lookups.js';
import { type FieldValue, type FormField } from './manifest-values.js';

interface LookupFieldProps {
  field: FormField;
  /** Whose platform is asked. */
  channelId: string;
  /** What that platform is called. */
  network: string;
  /** The setting that this one depends on. */
  upper: Upper | undefined;
  /** Another choice there has emptied this one. */
  isCleared: boolean;
  value: FieldValue | undefined;
  /** An empty text = nothing is chosen any more. */
  onChange: (value: FieldValue) => void;
  error: string | undefined;
  disabled: boolean;
}

/** Fewer letters find everything and nothing. */
const LEAST_LETTERS = 2;

/** One of what the platform finds: chosen from a list that is there at once, or searched by typing. */
export function LookupField(props: LookupFieldProps) {
  return props.field.listed === true ? <ListedField {...props} /> : <SearchedField {...props} />;
}

/** All there is to choose from, narrowed by typing. Of a very long list the platform is asked for the rest. */
function ListedField(props: LookupFieldProps) {
  const { field, channelId, network, upper, disabled } = props;
  const chosen = chosenIn(props.value);
  const typing = useTyping(chosen);
  const isWaiting = upper !== undefined && upper.chosen === undefined;
  const enabled = !disabled && !isWaiting && channelId !== '';
  const of = upper?.chosen?.value;
  const list = useQuery({ ...lookupQuery(channelId, field.name, '', of), enabled });
  const isLong = isCutOff(list.data ?? []);
  const isAsked = isLong && typing.asked !== '';
  const more = useQuery({ ...lookupQuery(channelId, field.name, typing.asked, of), enabled: enabled && isAsked });
  const all = list.data ?? [];
  const answers = unique([...matching(all, typing.search), ...(isAsked ? (more.data ?? []) : [])]);
  const problem = list.error ?? (isAsked ? more.error : null);
  const isBusy = enabled && (list.isFetching || (isAsked && more.isFetching));
  const again = () => void (list.error || !more.error ? list.refetch() : more.refetch());
  return (
    <div>
      <LookupSelect
        {...props}
        {...{ chosen, typing, answers, isBusy }}
        known={[...all, ...answers]}
        why={isWaiting ? `Choose “${upper.label}” first.` : undefined}
        placeholder={isWaiting ? '' : (field.placeholder ?? 'Choose one, or type to search')}
        nothing={isBusy ? 'Reading the list …' : `Nothing is called “${typing.search}” there.`}
      />
      <ListNotes
        {...props}
        problem={problem}
        isEmpty={list.isSuccess && all.length === 0}
        gone={isGone(chosen, list.isSuccess && !list.isFetching ? all : undefined) ? chosen : undefined}
        isBusy={isBusy}
        network={network}
        onAgain={again}
      />
    </div>
  );
}

type ListNotesProps = Pick<LookupFieldProps, 'field' | 'network' | 'upper' | 'isCleared' | 'value'> & {
  problem: Error | null;
  isEmpty: boolean;
  /** What was chosen and is not there any more. */
  gone: LookedUp | undefined;
  isBusy: boolean;
  onAgain: () => void;
};

/** What is to be said of a list as a whole, and a way to have it read anew. */
function ListNotes({
  field,
  network,
  upper,
  isCleared,
  value,
  problem,
  isEmpty,
  gone,
  isBusy,
  onAgain,
}: ListNotesProps) {
  const cleared = isCleared && chosenIn(value) === undefined && upper !== undefined;
  const nothing = isEmpty && !problem;
  const offersAgain = problem !== null || nothing || gone !== undefined;
  return (
    <div className={classes['notes']} role={problem ? 'alert' : 'status'}>
      {problem && (
        <Text size="xs" c="var(--mantine-color-error)">
          {describeError(problem).detail}
        </Text>
      )}
      {cleared && (
        <Text size="xs" c="dimmed">
          Emptied, because “{upper.label}” was changed.
        </Text>
      )}
      {nothing && (
        <Text size="xs" {...(!field.required && { c: 'dimmed' })}>
          {emptyWords(field, network, upper)}
        </Text>
      )}
      {gone && !problem && <Text size="xs">“{gone.label}” is not there any more. Choose another one.</Text>}
      {offersAgain && (
        <Button size="xs" variant="default" loading={isBusy} onClick={onAgain}>
          Look again<span className="visually-hidden"> for {field.label}</span>
        </Button>
      )}
    </div>
  );
}

function emptyWords({ label, required }: FormField, network: string, upper: Upper | undefined): string {
  const where = upper?.chosen ? `in “${upper.chosen.label}” on ${network}` : `on ${network}`;
  const else_ = required ? 'Make one there, then look again.' : 'Make one there and look again, or leave it empty.';
  return `There is nothing for “${label}” ${where} yet. ${else_}`;
}

/** What the platform finds for what is typed. */
function SearchedField(props: LookupFieldProps) {
  const { field, channelId, upper, disabled } = props;
  const chosen = chosenIn(props.value);
  const typing = useTyping(chosen);
  const isWaiting = upper !== undefined && upper.chosen === undefined;
  const isSearching = typing.asked.length >= LEAST_LETTERS;
  const found = useQuery({
    ...lookupQuery(channelId, field.name, typing.asked, upper?.chosen?.value),
    enabled: isSearching && !disabled && !isWaiting,
    placeholderData: keepPreviousData,
  });
  const answers: LookupAnswer[] = isSearching ? (found.data ?? []) : [];
  const problem = isSearching ? found.error : null;
  const letters = typing.search.length;
  const isBusy = found.isFetching || (typing.search !== typing.asked && letters >= LEAST_LETTERS);
  const nothing =
    letters < LEAST_LETTERS
      ? 'Type at least two letters.'
      : isBusy
        ? 'Searching …'
        : `Nothing is found for “${typing.search}”. Try another spelling.`;
  return (
    <LookupSelect
      {...props}
      {...{ chosen, typing, answers, isBusy }}
      known={answers}
      why={isWaiting ? `Choose “${upper.label}” first.` : undefined}
      error={props.error ?? (problem && <span role="alert">{describeError(problem).detail}</span>)}
      placeholder={field.placeholder ?? 'Type to search'}
      // What went wrong stands at the field, and stays there when the list is closed.
      nothing={problem && !isBusy ? undefined : nothing}
    />
  );
}
