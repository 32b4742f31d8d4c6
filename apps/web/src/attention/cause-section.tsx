import {
  ActionIcon,
  Badge,
  Button,
  Card,
  Checkbox,
  Collapse,
  Group,
  Skeleton,
  Stack,
  Text,
  ThemeIcon,
  Title,
} from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { useMay } from '../app/workspace.js';
import { TextLink } from '../ui/links.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { LATE_LOOK, STATE_LOOKS } from '../ui/publication-state.js';
import classes from './attention.module.css';
import { AttentionRow } from './attention-row.js';
import { MendChannels } from './mend-channels.js';
import { type AttentionFilter, type CauseCount, itemsQuery } from './queries.js';
import { type AttentionSearch, changed } from './search.js';
import { isChosen, NOTHING, type Selection, toggled } from './selection.js';

interface CauseSectionProps {
  cause: CauseCount;
  filter: AttentionFilter;
  search: AttentionSearch;
  /** It is the only one shown. */
  alone: boolean;
  selection: Selection;
  onSelect: (selection: Selection) => void;
}

/** One cause: what is wrong, what to do, and every publication that it stops. */
export function CauseSection({ cause, filter, search, alone, selection, onSelect }: CauseSectionProps) {
  const [heading, body] = [useId(), useId()];
  const [open, setOpen] = useState(true);
  const mayMend = useMay('publications.mend');
  const list = useRef<HTMLUListElement>(null);
  const query = useInfiniteQuery(itemsQuery(cause.cause, filter));
  const items = query.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Card component="section" aria-labelledby={heading} data-cause={cause.cause}>
      <Stack gap="sm">
        <CauseHead
          cause={cause}
          heading={heading}
          search={search}
          alone={alone}
          toggle={{ open, body, onToggle: () => setOpen(!open) }}
        />
        <Collapse expanded={open} id={body}>
          <Stack gap="sm">
            <Group gap="xs" className={classes['mend'] ?? ''}>
              <MendChannels cause={cause.cause} items={items} />
            </Group>
            {query.isPending && <Skeleton height={Math.min(cause.count, 4) * 76} />}
            {query.isError && items.length === 0 && (
              <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
            )}
            {items.length > 0 && mayMend && (
              <ChooseAll
                cause={cause}
                selection={selection}
                onSelect={onSelect}
                some={items.some((item) => isChosen(selection, item))}
              />
            )}
            <ul className={classes['rows']} ref={list} tabIndex={-1} aria-label={cause.title}>
              {items.map((item) => (
                <AttentionRow
                  key={item.id}
                  item={item}
                  chosen={isChosen(selection, item)}
                  onChoose={() => onSelect(toggled(selection, item, items))}
                  onGone={() => list.current?.focus({ preventScroll: true })}
                />
              ))}
            </ul>
            {query.hasNextPage && (
              <Button
                variant="subtle"
                size="sm"
                loading={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                Show more
              </Button>
            )}
          </Stack>
        </Collapse>
      </Stack>
    </Card>
  );
}

interface ChooseAllProps extends Pick<CauseSectionProps, 'cause' | 'selection' | 'onSelect'> {
  /** Some of it are chosen. */
  some: boolean;
}

function ChooseAll({ cause: { cause, count, title }, selection, onSelect, some }: ChooseAllProps) {
  const all = selection.kind === 'all' || (selection.kind === 'cause' && selection.cause === cause);
  return (
    <Checkbox
      className={classes['choose'] ?? ''}
      size="sm"
      checked={all}
      indeterminate={some && !all}
      onChange={() => onSelect(all ? NOTHING : { kind: 'cause', cause })}
      label={
        <>
          Choose all {count}
          <span className="visually-hidden"> of: {title}</span>
        </>
      }
    />
  );
}

interface CauseHeadProps extends Pick<CauseSectionProps, 'cause' | 'search' | 'alone'> {
  heading: string;
  /** What folds the list away. */
  toggle: { open: boolean; body: string; onToggle: () => void };
}

function CauseHead({ cause: { cause, state, count, title, remedy }, heading, search, alone, toggle }: CauseHeadProps) {
  const look = state === 'late' ? LATE_LOOK : STATE_LOOKS[state];
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <ThemeIcon variant="light" color={look.color} size={34} radius="xl" aria-hidden className={classes['sign'] ?? ''}>
        <look.icon size={18} stroke={1.9} />
      </ThemeIcon>
      <div className={classes['words']}>
        <Group gap="xs">
          <Title order={2} size="h3" id={heading}>
            {title}
          </Title>
          <Badge color="gray" variant="light" c="inherit" tt="none">
            {count}
          </Badge>
          {!alone && (
            <TextLink
              to="/attention"
              search={changed(search, 'cause', cause)}
              size="sm"
              ml="auto"
              className={classes['only'] ?? ''}
            >
              Only this<span className="visually-hidden">: {title}</span>
            </TextLink>
          )}
        </Group>
        <Text size="sm" c="dimmed" mt={2}>
          {remedy}
        </Text>
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-expanded={toggle.open}
        aria-controls={toggle.body}
        aria-label={`${toggle.open ? 'Fold' : 'Unfold'}: ${title}`}
        onClick={toggle.onToggle}
        className={classes['fold'] ?? ''}
      >
        <IconChevronDown size={18} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
