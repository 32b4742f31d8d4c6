import { type ApprovalStory } from '../ledger.js';
import { clearances, type Moment, THE_END } from './approval.js';
import { agreed, asked, said, story, TWO_STEPS, workflow } from './stories.js';

const at = (time: number): Moment => ({ from: time, to: time + 250 });
const yes = [true];
const no = [false];
const either = [false, true];
const answers = (one: ApprovalStory, version: number, moment: Moment) =>
  [...clearances(one, version, moment)].toSorted();
const lost = { standing: 'perhaps' } as const;

describe('what people agreed to', () => {
  it.each<[string, boolean[], ApprovalStory, Moment]>([
    ['is clear when every step has agreed', yes, story(agreed(1_000)), at(2_000)],
    ['is not before anybody is asked', no, story([]), at(2_000)],
    ['is not while a step is missing', no, story(agreed(1_000).slice(0, 3)), at(2_000)],
    ['is not before the last decision was sent', no, story(agreed(1_000)), at(1_000)],
    ['may be while the last decision is on its way', either, story(agreed(1_000)), at(1_320)],
    [
      'is not where all of a step have to, and one does twice',
      no,
      story([asked(1), said(2, 0), said(3, 2), said(4, 2)]),
      at(2_000),
    ],
    ['is not in a new round', no, story([...agreed(1_000), asked(1_500)]), at(2_000)],
    ['is again when everybody agrees anew', yes, story([...agreed(1_000), ...agreed(1_500)]), at(2_000)],
    [
      'is not when somebody asks for changes after all',
      no,
      story([...agreed(1_000), said(1_500, 0, 1, { verdict: 'request-changes' })]),
      at(2_000),
    ],
    [
      'is until that was sent',
      yes,
      story([...agreed(1_000), said(2_500, 0, 1, { verdict: 'request-changes' })]),
      at(2_000),
    ],
  ])('%s', (_what, expected, one, moment) => {
    expect(answers(one, 1, moment)).toEqual(expected);
  });

  it('is no other version', () => {
    const one = story([...agreed(1_000), ...agreed(1_500, 2).slice(1)]);
    expect(answers(one, 1, at(3_000))).toEqual(yes);
    expect(answers(one, 2, at(3_000))).toEqual(yes);
    expect(answers(one, 3, at(3_000))).toEqual(no);
    expect(answers(story([asked(1), said(2, 0, 1), said(3, 2, 2), said(4, 3, 2)]), 2, at(3_000))).toEqual(no);
  });
});

describe('a request whose answer was lost', () => {
  it('counts either way', () => {
    const last = said(1_500, 3, 1, lost);
    expect(answers(story([...agreed(1_000).slice(0, 3), last]), 1, THE_END)).toEqual(either);
    expect(answers(story([...agreed(1_000), asked(1_500, lost)]), 1, THE_END)).toEqual(either);
    const refusal = said(1_500, 2, 1, { ...lost, verdict: 'request-changes' });
    expect(answers(story([...agreed(1_000), refusal]), 1, THE_END)).toEqual(either);
  });

  it('makes up for nothing that is missing for sure', () => {
    const [request, first] = agreed(1_000);
    expect(answers(story([request!, first!, said(1_500, 3, 1, lost)]), 1, THE_END)).toEqual(no);
  });

  it('is not weighed where there are too many', () => {
    const many = Array.from({ length: 13 }, (_, index) => said(1_500 + index, 3, 1, lost));
    expect(answers(story([asked(1), ...many]), 1, THE_END)).toEqual(either);
  });
});

describe('a workflow', () => {
  it('binds only who asks, where it is optional, and nobody where there is none', () => {
    const optional = [workflow(0, 'optional')];
    expect(answers(story([], optional), 1, at(2_000))).toEqual(yes);
    expect(answers(story([asked(1_000)], optional), 1, at(2_000))).toEqual(no);
    expect(answers(story([], [workflow(0), workflow(500, 'none', [])]), 1, at(2_000))).toEqual(yes);
    expect(answers(story([], [...optional, workflow(500)]), 1, at(2_000))).toEqual(no);
  });

  it('is for rounds that begin under it, and one in between for either', () => {
    const other = [{ people: [0, 1, 2], rule: 2 }];
    const [request, ...three] = agreed(1_000);
    const early = workflow(500, 'required', other);
    const late = workflow(1_600, 'required', other);
    const two = [request!, three[0]!, three[1]!];
    expect(answers(story(two, [workflow(0), early]), 1, at(2_000))).toEqual(yes);
    expect(answers(story(two, [workflow(0), late]), 1, at(2_000))).toEqual(no);
    expect(answers(story(two, [workflow(0), workflow(1_020, 'required', other)]), 1, at(2_000))).toEqual(either);
    expect(answers(story(two, [workflow(0), workflow(500, 'required', TWO_STEPS)]), 1, at(2_000))).toEqual(no);
  });
});
