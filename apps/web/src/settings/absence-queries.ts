import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';

/** Who is away or will be, as far as it concerns the person. */
export const absencesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['absences', organizationId],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/v1/organizations/{id}/absences', { params: { path: { id: organizationId } }, signal })))
        .data,
  });
