import { spendingCsv } from './csv.js';

const use = (label: string, count: number, usd: number) => ({ platform: 'x', price: label, label, count, usd });
const sums = { usd: 0, prices: [], channels: [] };
const time = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' };
const name = (platform: string) => platform.toUpperCase();

describe('spending as a table', () => {
  it('has a line for each kind of use on each channel, practice last', () => {
    const csv = spendingCsv(
      {
        ...{ ...sums, ...time, usd: 0.235 },
        channels: [
          {
            ...{ channelId: 'a', name: 'Bright, Agency', platform: 'x', usd: 0.215 },
            prices: [use('a post', 1, 0.015), use('a "post" with a link', 1, 0.2)],
          },
          {
            ...{ channelId: null, name: null, platform: 'x', usd: 0.02 },
            prices: [use('reading the profile', 2, 0.02)],
          },
        ],
        practice: {
          ...sums,
          channels: [
            { ...{ channelId: 'b', name: '=1+1', platform: 'x', usd: 0.015 }, prices: [use('a post', 1, 0.015)] },
          ],
        },
      },
      name,
    );
    expect(csv.split('\r\n')).toEqual([
      'Charged,Channel,Network,Use,Count,US dollars',
      'yes,"Bright, Agency",X,a post,1,0.015',
      'yes,"Bright, Agency",X,"a ""post"" with a link",1,0.2',
      'yes,Connecting of accounts,X,reading the profile,2,0.02',
      `"no, practice",'=1+1,X,a post,1,0.015`,
      '',
    ]);
  });

  it('has its head alone where nothing was spent', () => {
    expect(spendingCsv({ ...sums, ...time, practice: sums }, name)).toBe(
      'Charged,Channel,Network,Use,Count,US dollars\r\n',
    );
  });
});
