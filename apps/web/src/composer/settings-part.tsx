import { Title } from '@mantine/core';
import { FORMAT_SETTING } from '#platforms/core';
import { ManifestFields } from '../ui/manifest-fields.js';
import { askedFields } from '../ui/manifest-values.js';
import classes from './composer.module.css';
import { networkName, useComposer } from './context.js';
import { PLACES } from './places.js';

/** The network's own settings of the post, drawn from its manifest. The format is chosen above what is written. */
export function SettingsPart() {
  const { selected, tab, dispatch } = useComposer();
  const item = selected.find(({ channel }) => channel.id === tab);
  const fields = item?.platform?.settings ?? [];
  const values = item?.target.settings ?? {};
  const isAnyShown = askedFields(fields, values).some(({ name }) => name !== FORMAT_SETTING);
  if (!item || !isAnyShown) return null;
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
        except={FORMAT_SETTING}
        values={values}
        onChange={(name, value) => dispatch({ type: 'setting', channelId: item.channel.id, name, value })}
        errors={errors}
        post={{ channelId: item.channel.id, network: networkName(item), files: item.content.media }}
      />
    </section>
  );
}
