/**
 * The assignments of an UPDATE in SQL: each column becomes what the JSON object `given` holds under its name, and stays as it
 * is where the object does not name it.
 * @param types the columns and their types in the database
 */
export function assignGiven(types: Readonly<Record<string, string>>, given: string, current: string): string {
  return Object.entries(types)
    .map(([name, type]) => {
      const value =
        type === 'jsonb' ? `nullif(${given} -> '${name}', 'null'::jsonb)` : `(${given} ->> '${name}')::${type}`;
      return `${name} = case when ${given} ? '${name}' then ${value} else ${current}.${name} end`;
    })
    .join(',\n         ');
}
