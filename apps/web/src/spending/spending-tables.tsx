import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { platformsQuery } from '../api/queries.js';
import { usesInWords } from '../ui/costs.js';
import { formatMoney, formatNumber } from '../ui/numbers.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import { channelName } from './csv.js';
import { type SpendingSums } from './queries.js';
import classes from './spending.module.css';

/** What was spent for each channel, the dearest first. */
export function ByChannel({ sums: { channels } }: { sums: SpendingSums }) {
  return (
    <Table className={classes['table'] ?? ''} verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Channel</Table.Th>
          <Table.Th scope="col" className={classes['wide'] ?? ''}>
            What for
          </Table.Th>
          <Table.Th scope="col" ta="end">
            Cost
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {channels.map((channel) => (
          <Table.Tr key={`${channel.platform} ${channel.channelId ?? ''}`}>
            <Table.Td>
              <span className={classes['channel']}>
                <PlatformIcon platform={channel.platform} size={20} />
                <Text span size="sm" fw={550}>
                  {channelName(channel)}
                </Text>
              </span>
              <Text size="xs" c="dimmed" className={classes['narrow'] ?? ''}>
                {usesInWords(channel.prices)}
              </Text>
            </Table.Td>
            <Table.Td className={classes['wide'] ?? ''}>
              <Text size="sm" c="dimmed">
                {usesInWords(channel.prices)}
              </Text>
            </Table.Td>
            <Table.Td ta="end" className="tabular">
              {formatMoney(channel.usd)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** What was spent for each kind of use, the dearest first. */
export function ByUse({ sums: { prices } }: { sums: SpendingSums }) {
  const { data: platforms = [] } = useQuery(platformsQuery);
  const several = new Set(prices.map(({ platform }) => platform)).size > 1;
  return (
    <Table className={classes['table'] ?? ''} verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Use</Table.Th>
          <Table.Th scope="col" ta="end">
            Times
          </Table.Th>
          <Table.Th scope="col" ta="end">
            Cost
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {prices.map(({ platform, price, label, count, usd }) => (
          <Table.Tr key={`${platform} ${price}`}>
            <Table.Td>
              <Text size="sm">
                {capitalized(label)}
                {several && ` (${platforms.find(({ id }) => id === platform)?.name ?? platform})`}
              </Text>
            </Table.Td>
            <Table.Td ta="end" className="tabular">
              {formatNumber(count)}
            </Table.Td>
            <Table.Td ta="end" className="tabular">
              {formatMoney(usd)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Labels of prices are made for the middle of a sentence. */
export function capitalized(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}
