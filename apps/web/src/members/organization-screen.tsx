import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { formErrorsOf } from '../api/problem.js';
import { useMay, useMe } from '../app/workspace.js';
import { Section } from '../settings/section.js';
import { SettingsPage } from '../settings/settings-page.js';
import { useReloadMe } from '../settings/use-reload-me.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { LeaveSection } from './leave-section.js';
import classes from './members.module.css';
import { MyOrganizationsSection } from './my-organizations-section.js';
import { TransferSection } from './transfer-section.js';

/** The organization: its name, whose it is, the way out, and the person's other organizations. */
export function OrganizationScreen() {
  const transfers = useMay('organization.transfer');
  return (
    <SettingsPage title="Organization">
      <Stack gap="md">
        <NameSection />
        <MyOrganizationsSection />
        {transfers && <TransferSection />}
        <LeaveSection />
      </Stack>
    </SettingsPage>
  );
}

function NameSection() {
  const { organization } = useMe();
  const mayChange = useMay('organization.change');
  return (
    <Section title="Name" description="The company that the workspaces belong to.">
      {mayChange ? <NameForm key={organization.name} /> : <Text>{organization.name}</Text>}
    </Section>
  );
}

function NameForm() {
  const { organization } = useMe();
  const reload = useReloadMe();
  const form = useForm({
    initialValues: { name: organization.name },
    validate: { name: (name) => (name.trim() === '' ? 'Enter a name.' : null) },
    onSubmitPreventDefault: 'always',
  });
  const rename = useMutation({
    mutationFn: ({ name }: typeof form.values) =>
      answer(
        api.PATCH('/v1/organizations/{id}', { params: { path: { id: organization.id } }, body: { name: name.trim() } }),
      ),
    onSuccess: async ({ name }) => {
      await reload();
      notifyDone(`The organization is called ${name} now.`);
    },
    onError: (error) => form.setErrors(formErrorsOf(error)),
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => rename.mutate(values),
        () => form.getInputNode('name')?.focus(),
      )}
    >
      <Stack gap="md">
        <ProblemAlert error={rename.error} shown={(field) => field === 'name'} />
        <div className={classes['field']}>
          <TextInput
            label="Name of the organization"
            maxLength={200}
            autoComplete="organization"
            {...form.getInputProps('name')}
          />
          <Button type="submit" variant="default" loading={rename.isPending} disabled={!form.isDirty()}>
            Rename
          </Button>
        </div>
      </Stack>
    </form>
  );
}
