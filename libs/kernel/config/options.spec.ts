import { ConfigError } from './environment.js';
import { exampleOf, type OptionVariable, readOption, strayVariables } from './options.js';

const option = (more: Partial<OptionVariable>): OptionVariable => ({
  ...{ variable: 'ROWBOAT_SPEED', type: 'number', required: false },
  ...more,
});
const read = (text: string | undefined, more: Partial<OptionVariable> = {}) =>
  readOption({ ROWBOAT_SPEED: text }, option(more));

describe('an option in the environment', () => {
  it('is read by its type', () => {
    expect(read('12.5')).toBe(12.5);
    expect(read('on', { type: 'boolean' })).toBe(true);
    expect(read('off', { type: 'boolean' })).toBe(false);
    expect(read('slow', { type: 'select', choices: ['slow', 'fast'] })).toBe('slow');
    expect(read(' two knots ', { type: 'text' })).toBe('two knots');
  });

  it('is its default where it is absent or empty, and nothing where there is none', () => {
    expect(read(undefined, { default: 3 })).toBe(3);
    expect(read('  ', { default: 3 })).toBe(3);
    expect(read(undefined)).toBeUndefined();
  });

  it.each<[string, string, Partial<OptionVariable>]>([
    ['fast', 'ROWBOAT_SPEED must be a number. Example: ROWBOAT_SPEED=1', {}],
    ['1e3', 'ROWBOAT_SPEED must be a number from 0 to 9. Example: ROWBOAT_SPEED=4', { min: 0, max: 9, default: 4 }],
    ['10', 'ROWBOAT_SPEED must be a number from 0 to 9. Example: ROWBOAT_SPEED=0', { min: 0, max: 9 }],
    ['-1', 'ROWBOAT_SPEED must be a number of at least 0. Example: ROWBOAT_SPEED=0', { min: 0 }],
    ['true', 'ROWBOAT_SPEED must be one of on, off. Example: ROWBOAT_SPEED=off', { type: 'boolean', default: false }],
    [
      'swift',
      'ROWBOAT_SPEED must be one of slow, fast. Example: ROWBOAT_SPEED=fast',
      { type: 'select', choices: ['slow', 'fast'], default: 'fast' },
    ],
    [
      'a-secret-in-the-wrong-place',
      'ROWBOAT_SPEED has 27 characters, but must have at most 6. Example: ROWBOAT_SPEED=value',
      { type: 'text', maxLength: 6 },
    ],
  ])('refuses %s in a sentence that names variable, rule and example', (text, message, more) => {
    expect(() => read(text, more)).toThrow(ConfigError);
    expect(() => read(text, more)).toThrow(expect.objectContaining({ message, variable: 'ROWBOAT_SPEED' }));
  });

  it('is missed where it is required', () => {
    expect(() => read('', { required: true })).toThrow('ROWBOAT_SPEED is missing. Example: ROWBOAT_SPEED=1');
  });

  it.each<Partial<OptionVariable>>([
    { default: 7 },
    { min: 2, max: 3 },
    { type: 'boolean' },
    { type: 'select', choices: ['a'] },
    { type: 'text', maxLength: 3 },
  ])('has an example that it accepts: %j', (more) => {
    const example = exampleOf(option(more)).split('=')[1];
    expect(read(example, more)).toBeDefined();
  });
});

describe('variables that nothing reads', () => {
  const known = ['ROWBOAT_SPEED', 'ROWBOAT_APP_ID'];
  it('are told where they look like one that is read, by their names alone', () => {
    const env = {
      ...{ ROWBOAT_SPED: '3', ROWBAOT_SPEED: '3', ROWBOAT_APPID: 'x', ROWBOAT_SPEED: '4', ROWBOAT_COLOUR: 'red' },
      ...{ PATH: '/bin', HOME: '/root', ROWBOAT_SPEE: '' },
    };
    expect(strayVariables(env, known)).toEqual([
      { name: 'ROWBAOT_SPEED', meant: 'ROWBOAT_SPEED' },
      { name: 'ROWBOAT_APPID', meant: 'ROWBOAT_APP_ID' },
      { name: 'ROWBOAT_SPED', meant: 'ROWBOAT_SPEED' },
    ]);
  });

  it('are none that the product itself reads', () => {
    expect(strayVariables({ S3_REGION: 'eu', S3_REGIONS: 'eu' }, ['S3_REGIOX'])).toEqual([
      { name: 'S3_REGIONS', meant: 'S3_REGIOX' },
    ]);
  });
});
