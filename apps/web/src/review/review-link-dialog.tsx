import { Autocomplete, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { formErrorsOf } from '../api/problem.js';
import { type Post } from '../api/queries.js';
import { approvalQuery, workflowQuery } from '../approvals/queries.js';
import { CopyButton } from '../ui/copy-button.js';
import { focusFirstError } from '../ui/form-errors.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { makeReviewLink, type ReviewLink, reviewLinksQuery } from './queries.js';
import { brokenIn, clientsOf, LIFETIMES, linkRequestOf, type LinkChoice } from './review-link-choice.js';

interface ReviewLinkDialogProps {
  post: Post;
  onClose: () => void;
}

/** Makes a link for a client, and shows its address to be sent to them. */
export function ReviewLinkDialog({ post, onClose }: ReviewLinkDialogProps) {
  const workflow = useQuery(workflowQuery(post.workspaceId));
  const approval = useQuery(approvalQuery(post.id));
  const ready = !workflow.isPending && !approval.isPending;
  return (
    <Modal opened onClose={onClose} title="New review link" closeOnClickOutside={false}>
      {ready && <Content post={post} clients={clientsOf(workflow.data, approval.data)} onClose={onClose} />}
    </Modal>
  );
}

interface ContentProps extends ReviewLinkDialogProps {
  /** Addresses of those who are asked, the one who is waited for first. */
  clients: readonly string[];
}

function Content({ post, clients, onClose }: ContentProps) {
  const queryClient = useQueryClient();
  const form = useForm<LinkChoice>({
    initialValues: { email: clients[0] ?? '', name: '', days: '14', passcode: '' },
    validate: brokenIn,
    onSubmitPreventDefault: 'always',
  });
  const create = useMutation({
    mutationFn: (choice: LinkChoice) => makeReviewLink(post.id, linkRequestOf(choice)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: reviewLinksQuery(post.id).queryKey }),
    onError: (error) => form.setErrors(formErrorsOf(error)),
  });
  if (create.data) return <Made link={create.data} passcode={form.values.passcode} onClose={onClose} />;
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (choice) => create.mutate(choice),
        (errors) => focusFirstError(form as never, errors),
      )}
    >
      <Stack gap="md">
        <ProblemAlert error={create.error} shown={(field) => field in form.values} />
        <Autocomplete
          label="The client’s e-mail address"
          description="Whoever approves by this link does it in this name. Without an address they look and comment only."
          data={[...clients]}
          type="email"
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('email')}
        />
        <TextInput
          label="The client’s name"
          description="Optional. Shown beside what they say."
          maxLength={100}
          autoComplete="off"
          {...form.getInputProps('name')}
        />
        <Select
          label="How long it lasts"
          data={LIFETIMES}
          allowDeselect={false}
          value={form.values.days}
          onChange={(days) => days !== null && form.setFieldValue('days', days)}
        />
        <TextInput
          label="Passcode"
          description="Optional, 4 to 64 characters. Tell it to the client by another way than the link."
          maxLength={64}
          autoComplete="off"
          {...form.getInputProps('passcode')}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Make link
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface MadeProps {
  link: ReviewLink;
  passcode: string;
  onClose: () => void;
}

function Made({ link, passcode, onClose }: MadeProps) {
  return (
    <Stack gap="md">
      <TextInput label="The link" readOnly value={link.address} onFocus={(event) => event.currentTarget.select()} />
      <Text size="sm">
        Send it to {link.name ?? link.email ?? 'your client'}. Whoever has it gets in
        {passcode === '' ? '.' : ' with the passcode, which is not shown again.'}
      </Text>
      <Group justify="flex-end" gap="xs">
        <CopyButton variant="filled" size="sm" text={() => link.address} label="Copy link" />
        <Button variant="default" onClick={onClose}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
