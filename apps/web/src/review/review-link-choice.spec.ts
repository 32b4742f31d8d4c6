import { type Approval, type ApprovalWorkflow } from '../approvals/queries.js';
import { brokenIn, clientsOf, linkRequestOf } from './review-link-choice.js';

const choice = { email: '', name: '', days: '14', passcode: '' };

describe('A new review link', () => {
  it('asks for what was filled in, and for nothing else', () => {
    expect(linkRequestOf(choice)).toEqual({ expiresInDays: 14 });
    expect(linkRequestOf({ email: ' clara@client.example ', name: ' Clara ', days: '3', passcode: '4711' })).toEqual({
      ...{ email: 'clara@client.example', name: 'Clara', expiresInDays: 3, passcode: '4711' },
    });
  });

  it.each([
    [{ email: 'clara' }, ['email']],
    [{ passcode: '123' }, ['passcode']],
    [{ email: 'clara@client.example', passcode: '1234' }, []],
    [{}, []],
  ])('with %j has something wrong in %j', (given, fields) => {
    expect(Object.keys(brokenIn({ ...choice, ...given }))).toEqual(fields);
  });

  it('is offered to those who are waited for, then to all clients of the workflow', () => {
    const steps = [{ approvers: { clients: ['Clara@client.example', 'carl@client.example'] } }];
    const waitingFor = [
      { type: 'member', id: 'u' },
      { type: 'client', id: 'carl@client.example' },
    ];
    expect(
      clientsOf({ steps } as unknown as ApprovalWorkflow, { steps: [{ waitingFor }] } as unknown as Approval),
    ).toEqual(['carl@client.example', 'clara@client.example']);
    expect(clientsOf(undefined, undefined)).toEqual([]);
  });
});
