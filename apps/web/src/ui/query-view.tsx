import { type UseQueryResult } from '@tanstack/react-query';
import { type ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.js';

interface QueryViewProps<T> {
  query: UseQueryResult<T>;
  /** Of the size of what will be there, so that nothing jumps. */
  skeleton: ReactNode;
  children: (data: T) => ReactNode;
}

/** Shows a query's skeleton, its problem or its data. Data that is there stays, also while the API is away. */
export function QueryView<T>({ query, skeleton, children }: QueryViewProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div aria-busy="true">
      <span className="visually-hidden" role="status">
        Loading
      </span>
      {skeleton}
    </div>
  );
}
