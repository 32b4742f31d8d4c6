import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { fieldsByTerms, FORMAT_SETTING } from '#platforms/core';
import { ManifestFields } from '../ui/manifest-fields.js';
import { askedFields } from '../ui/manifest-values.js';
import classes from './composer.module.css';
import { networkName, type SelectedChannel, useComposer } from './context.js';
import { FindingList } from './finding-list.js';
import { missingInWords } from './format.js';
import { PLACES } from './places.js';
import { termsQuery } from './terms.js';
import { TermsPart } from './terms-part.js';

/** The network's own settings of the post, drawn from its manifest. The format is chosen above what is written. */
export function SettingsPart() {
  const { selected, tab } = useComposer();
  const item = selected.find(({ channel }) => channel.id === tab);
  return item ? <Settings item={item} /> : null;
}

function Settings({ item }: { item: SelectedChannel }) {
  const { selected, dispatch } = useComposer();
  const { platform, channel } = item;
  const { data: terms } = useQuery(termsQuery(channel.id));
  const fields = terms ? fieldsByTerms(item.fields, terms) : item.fields;
  const values = item.target.settings ?? {};
  const drawn = askedFields(fields, values, item.kinds).filter(({ name }) => name !== FORMAT_SETTING);
  const others = selected.filter((one) => one !== item && one.channel.platform === channel.platform);
  const formed = ({ channel: { name }, fields: own }: SelectedChannel) => ({ name, fields: own });
  const missing = missingInWords(formed(item), platform?.settings ?? [], others.map(formed));
  // What was entered before the channel was known to lack it stands beside no field.
  const homeless = item.findings.filter(
    ({ cause }) =>
      cause.part === 'setting' && cause.name !== FORMAT_SETTING && !drawn.some(({ name }) => name === cause.name),
  );
  if (drawn.length + homeless.length === 0 && missing === undefined && !terms) return null;
  const errors: Record<string, string> = {};
  for (const { cause, message, remedy } of item.findings) {
    if (cause.part === 'setting') errors[cause.name] ??= `${message} ${remedy}`;
  }
  return (
    <section className={classes['part']} id={PLACES.settings} tabIndex={-1}>
      <Title order={2} size="h4" mb="sm">
        Settings on {networkName(item)}
      </Title>
      <TermsPart item={item} />
      <ManifestFields
        fields={fields}
        terms={terms?.settings ?? {}}
        except={FORMAT_SETTING}
        values={values}
        onChange={(name, value) => dispatch({ type: 'setting', channelId: item.channel.id, name, value })}
        errors={errors}
        post={{ channelId: item.channel.id, network: networkName(item), files: item.content.media, kinds: item.kinds }}
      />
      {missing !== undefined && (
        <Text size="xs" c="dimmed" mt={drawn.length > 0 ? 'sm' : 0}>
          {missing}
        </Text>
      )}
      <FindingList findings={homeless} />
    </section>
  );
}
