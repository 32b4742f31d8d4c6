import { type Webhook } from './queries.js';
import { brokenIn, requestOf, valuesOf } from './webhook-values.js';

describe('the form of a webhook', () => {
  it('begins with everything everywhere', () => {
    const values = { ...valuesOf(), url: ' https://example.com/hook ' };
    expect(brokenIn(values)).toEqual({});
    expect(requestOf(values)).toEqual({
      url: 'https://example.com/hook',
      description: '',
      eventTypes: 'all',
      workspaceIds: null,
    });
  });

  it('says what is missing at its field', () => {
    const values = { ...valuesOf(), what: 'some' as const, where: 'some' as const };
    expect(Object.keys(brokenIn(values))).toEqual(['url', 'eventTypes', 'workspaceIds']);
  });

  it('gives back what it was given', () => {
    const webhook = {
      url: 'https://example.com/',
      description: 'Shop',
      eventTypes: ['post.created'],
      workspaceIds: ['w1'],
    } as unknown as Webhook;
    expect(requestOf(valuesOf(webhook))).toEqual(webhook);
  });
});
