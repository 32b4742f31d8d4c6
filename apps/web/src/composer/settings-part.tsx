import { Title } from '@mantine/core';
import { ManifestFields } from '../ui/manifest-fields.js';
import classes from './composer.module.css';
import { networkName, useComposer } from './context.js';
import { PLACES } from './places.js';

/** The network's own settings of the post, drawn from its manifest. */
export function SettingsPart() {
  const { selected, tab, dispatch } = useComposer();
  const item = selected.find(({ channel }) => channel.id === tab);
  const fields = item?.platform?.settings ?? [];
  if (!item || fields.length === 0) return null;
  const errors: Record<string, string> = {};
  for (const { cause, message, remedy } of item.findings) {
    if (cause.part === 'setting') errors[cause.name] ??= `${message} ${remedy}`;
  }
  return (
    <section className={classes['part']} id={PLACES.settings} tabIndex={-1}>
      <Title order={2} size="h4" mb="sm">
        Settings on {networkName(item)}
      </Title>
      <ManifestFields
        fields={fields}
        values={item.target.settings ?? {}}
        onChange={(name, value) => dispatch({ type: 'setting', channelId: item.channel.id, name, value })}
        errors={errors}
      />
    </section>
  );
}
