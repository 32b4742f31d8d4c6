import { Button, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { answer, api, newIdempotencyKey } from '../api/client.js';
import { formErrorsOf } from '../api/problem.js';
import { enterOrganization } from '../app/session.js';
import { Section } from '../settings/section.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { QueryView } from '../ui/query-view.js';
import { deviceZone } from '../ui/zone.js';
import rows from '../ui/rows.module.css';
import classes from './members.module.css';
import { organizationsQuery } from './queries.js';
import { ORGANIZATION_ROLES } from './roles.js';
import { useSwitchOrganization } from './use-switch-organization.js';

/** The person's organizations, and a further one. */
export function MyOrganizationsSection() {
  const query = useQuery(organizationsQuery);
  const change = useSwitchOrganization();
  return (
    <Section title="Your organizations" description="One account can belong to several.">
      <QueryView query={query} skeleton={<Skeleton height={64} />}>
        {(organizations) => (
          <ul className={rows['list']}>
            {organizations.map(({ id, name, role, current }) => (
              <li key={id} className={rows['row']}>
                <div className={rows['about']}>
                  <Text fw={600}>{name}</Text>
                  <Text size="sm" c="dimmed">
                    {ORGANIZATION_ROLES[role].label}
                    {current && ' · you are here'}
                  </Text>
                </div>
                {!current && (
                  <Button
                    variant="default"
                    aria-label={`Go there: ${name}`}
                    loading={change.isPending && change.variables.id === id}
                    onClick={() => change.mutate({ id, name })}
                  >
                    Go there
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      <NewOrganization />
    </Section>
  );
}

/** Makes an organization and goes on in it. */
function NewOrganization() {
  const queryClient = useQueryClient();
  const router = useRouter();
  const form = useForm({
    initialValues: { name: '' },
    validate: { name: (name) => (name.trim() === '' ? 'Enter a name.' : null) },
    onSubmitPreventDefault: 'always',
  });
  const create = useMutation({
    mutationFn: async ({ name }: typeof form.values) => {
      const body = { name: name.trim(), timeZone: deviceZone };
      const params = { header: { 'Idempotency-Key': newIdempotencyKey() } };
      const made = await answer(api.POST('/v1/organizations', { body, params }));
      await enterOrganization(queryClient, made.organization.id);
      return made;
    },
    onSuccess: async ({ organization, workspace }) => {
      await router.navigate({ to: '/w/$workspaceId/start', params: { workspaceId: workspace.id } });
      notifyDone(`You are in ${organization.name} now.`);
    },
    onError: (error) => form.setErrors(formErrorsOf(error)),
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => create.mutate(values),
        () => form.getInputNode('name')?.focus(),
      )}
    >
      <Stack gap="md">
        <ProblemAlert error={create.error} shown={(field) => field === 'name'} />
        <div className={classes['field']}>
          <TextInput
            label="Another organization"
            placeholder="Its name"
            maxLength={200}
            {...form.getInputProps('name')}
          />
          <Button type="submit" variant="default" loading={create.isPending}>
            Create organization
          </Button>
        </div>
      </Stack>
    </form>
  );
}
