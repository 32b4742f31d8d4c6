import { useQuery } from '@tanstack/react-query';
import { isLookedUp, isMark } from '#platforms/core';
import { platformsQuery } from '../api/queries.js';
import { type FormField } from '../ui/manifest-values.js';
import classes from './posts.module.css';

/** A channel's own settings, in the words of its platform's form. */
export function SettingsFacts({ platform, settings }: { platform: string; settings: Record<string, unknown> }) {
  const { data: platforms = [] } = useQuery(platformsQuery);
  const fields = platforms.find(({ id }) => id === platform)?.settings ?? [];
  const places = new Map(fields.map(({ name }, index) => [name, index]));
  const place = (name: string) => places.get(name) ?? fields.length;
  // In the order of the form: settings come in none.
  const entries = Object.entries(settings).sort(([one], [other]) => place(one) - place(other));
  if (entries.length === 0) return null;
  return (
    <dl className={classes['facts']}>
      {entries.map(([name, value]) => {
        const field = fields.find((one) => one.name === name);
        return (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{field?.type === 'consent' ? 'Agreed to' : (field?.label ?? name)}</dt>
            <dd>{shown(value, field)}</dd>
          </div>
        );
      })}
    </dl>
  );
}

function shown(value: unknown, field: FormField | undefined): string {
  if (field?.type === 'consent') return consentInWords(field);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  const option = field?.options?.find((one) => one.value === value);
  if (option) return option.label;
  if (isLookedUp(value)) return value.label;
  if (Array.isArray(value)) {
    return value
      .map((item: unknown) => (isMark(item) ? `${item.text} (file ${item.media + 1})` : String(item)))
      .join(', ');
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** What it links to has a name, and is shorter than the sentence around it. */
function consentInWords({ label, links = [] }: FormField): string {
  return links.length === 0 ? label : links.map(({ text }) => text).join(', ');
}
