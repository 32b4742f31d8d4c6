import { Anchor, Card, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { platformsQuery } from '../api/queries.js';
import { formatShortDay } from '../ui/dates.js';
import { formatMoney } from '../ui/numbers.js';
import classes from './spending.module.css';
import { capitalized } from './spending-tables.js';

/** What the networks ask for each use, as they publish it. */
export function PriceLists() {
  const { data: platforms = [] } = useQuery(platformsQuery);
  return platforms.map(({ id, name, prices = [] }) => {
    const [first] = prices;
    return (
      first && (
        <Card component="section" key={id} aria-labelledby={`prices-${id}`}>
          <Title order={2} size="h4" id={`prices-${id}`}>
            What {name} charges
          </Title>
          <Text size="sm" c="dimmed" mt={2}>
            In US dollars each, compared with{' '}
            <Anchor inherit href={first.docs} target="_blank" rel="noreferrer" underline="always">
              the price list of {name}
            </Anchor>{' '}
            on {formatShortDay(`${first.asOf}T12:00:00Z`, 'UTC')}. Amounts above are at the prices of their day.
          </Text>
          <Table className={classes['table'] ?? ''} verticalSpacing={6}>
            <Table.Tbody>
              {prices.map(({ id: price, label, usd }) => (
                <Table.Tr key={price}>
                  <Table.Th scope="row" fw={400}>
                    {capitalized(label)}
                  </Table.Th>
                  <Table.Td ta="end" className="tabular">
                    {formatMoney(usd)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Card>
      )
    );
  });
}
