import { type FormField, isDate, isTime } from './core/index.js';
import { loadPlatforms } from './registry.js';

/** Every form that a platform has a post filled in by. */
const forms = (await loadPlatforms()).manifests().map(({ id, settings }) => [id, settings] as const);

describe.each(forms)('the settings of a post on %s', (_id, fields) => {
  const of = (type: FormField['type']) => fields.filter((field) => field.type === type);

  it('never agree in the name of a person, and lead to what is agreed to', () => {
    for (const { label, links = [], default: preset } of of('consent')) {
      expect(preset).toBeUndefined();
      for (const { text, url } of links) {
        expect(label).toContain(text);
        expect(new URL(url).protocol).toBe('https:');
      }
    }
  });

  it('have links to read nowhere else', () => {
    const others = fields.filter(({ type, links }) => type !== 'consent' && links !== undefined);
    expect(others.map(({ name }) => name)).toEqual([]);
  });

  it('begin with days and times that there are', () => {
    const preset = (type: FormField['type']) => of(type).flatMap((field) => field.default ?? []);
    expect(preset('date').filter((day) => !isDate(day))).toEqual([]);
    expect(preset('time').filter((time) => !isTime(time))).toEqual([]);
  });
});
