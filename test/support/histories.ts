/**
 * How many random histories a model lives: a few in `npm test`, many in `npm run test:real`, which sets `HISTORIES=many`.
 */
export function histories({ few, many }: { few: number; many: number }): number {
  return process.env['HISTORIES'] === 'many' ? many : few;
}
