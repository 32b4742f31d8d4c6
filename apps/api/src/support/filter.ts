import { Problem } from '#kernel';
import { type AttentionFilter } from '#publishing';
import { type AttentionFilterDto } from './attention.dto.js';

/**
 * A filter as publishing takes it.
 * @param above the path of the filter within the request: `filter/`
 * @throws Problem 422 when its time ends before it begins
 */
export function filterOf({ from, to, ...rest }: AttentionFilterDto, above = ''): AttentionFilter {
  const [first, last] = [from, to].map((text) => (text === undefined ? undefined : new Date(text)));
  if (first && last && first >= last) {
    const message = '"to" is not later than "from".';
    throw Problem.validation([{ field: `${above}to`, rule: 'range', message, remedy: 'Send a later "to".' }]);
  }
  return { ...rest, ...(first && { from: first }), ...(last && { to: last }) };
}
