import {
  ActionIcon,
  Button,
  Card,
  Checkbox,
  Group,
  Modal,
  MultiSelect,
  Radio,
  Select,
  Skeleton,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answer, api } from '../api/client.js';
import { type Workspace } from '../api/queries.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { QueryView } from '../ui/query-view.js';
import { type ApprovalStep, type ApprovalWorkflow, colleaguesQuery, workflowQuery } from './queries.js';
import { checkedAddresses } from './timing.js';
import { ruleWords } from './words.js';
import { APPROVING_ROLES } from './workflow-roles.js';
import { WorkflowTiming } from './workflow-timing.js';

const MODES: { value: ApprovalWorkflow['mode']; label: string; description: string }[] = [
  { value: 'none', label: 'No approval', description: 'Posts go out as their authors schedule them.' },
  { value: 'optional', label: 'When an author asks', description: 'Once asked for, nothing goes out without it.' },
  { value: 'required', label: 'Always', description: 'Nothing goes out before it is approved.' },
];

const NEW_STEP: ApprovalStep = { name: 'Approval', approvers: { roles: ['approver'] }, rule: 'any' };

/** How a workspace approves. */
export function WorkflowDialog({ workspace, onClose }: { workspace: Workspace; onClose: () => void }) {
  const workflow = useQuery({ ...workflowQuery(workspace.id), staleTime: 0 });
  return (
    <Modal opened onClose={onClose} title={`Approval in ${workspace.name}`} size="lg">
      <QueryView query={workflow} skeleton={<Skeleton height={240} />}>
        {(found) => <WorkflowForm workspace={workspace} workflow={found} onClose={onClose} />}
      </QueryView>
    </Modal>
  );
}

function WorkflowForm(props: { workspace: Workspace; workflow: ApprovalWorkflow; onClose: () => void }) {
  const { workspace, onClose } = props;
  const [workflow, setWorkflow] = useState(props.workflow);
  const change = (next: Partial<ApprovalWorkflow>) => setWorkflow({ ...workflow, ...next });
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      answer(
        api.PUT('/v1/workspaces/{id}/approval-workflow', {
          params: { path: { id: workspace.id } },
          body: workflow.mode === 'none' ? { ...workflow, steps: [] } : workflow,
        }),
      ),
    onSuccess: () => {
      notifyDone(`${workspace.name} approves in the new way.`);
      onClose();
    },
    onSettled: () =>
      Promise.all(
        [['approval-workflow', workspace.id], ['post'], ['publication'], ['calendar'], ['attention']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const steps = workflow.steps.length === 0 ? [NEW_STEP] : workflow.steps;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Radio.Group
          label="When is approval needed?"
          value={workflow.mode}
          onChange={(value) => {
            const mode = value;
            change({ mode, steps: mode === 'none' ? workflow.steps : steps });
          }}
        >
          <Stack gap="xs" mt="xs">
            {MODES.map((mode) => (
              <Radio key={mode.value} {...mode} />
            ))}
          </Stack>
        </Radio.Group>
        {workflow.mode !== 'none' && (
          <>
            <Steps workspaceId={workspace.id} steps={steps} onChange={(next) => change({ steps: next })} />
            <Checkbox
              label="Authors may approve what they wrote"
              checked={workflow.selfApproval}
              onChange={(event) => change({ selfApproval: event.currentTarget.checked })}
            />
            <Checkbox
              label="Another time needs a new approval"
              checked={workflow.rescheduleNeedsApproval}
              onChange={(event) => change({ rescheduleNeedsApproval: event.currentTarget.checked })}
            />
            <WorkflowTiming workspaceId={workspace.id} workflow={workflow} onChange={change} />
          </>
        )}
        <Text size="sm" c="dimmed">
          It holds at once: what is scheduled and not approved is held, and what waits for no approval any more goes out
          at its time.
        </Text>
        <ProblemAlert error={save.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface StepsProps {
  workspaceId: string;
  steps: ApprovalStep[];
  onChange: (steps: ApprovalStep[]) => void;
}

function Steps({ workspaceId, steps, onChange }: StepsProps) {
  const replace = (index: number, step: ApprovalStep) => onChange(steps.with(index, step));
  return (
    <Stack gap="sm">
      {steps.map((step, index) => (
        <Card key={index} component="fieldset" withBorder aria-label={`Step ${index + 1}`}>
          <StepFields
            workspaceId={workspaceId}
            step={step}
            onChange={(next) => replace(index, next)}
            {...(steps.length > 1 && { onRemove: () => onChange(steps.toSpliced(index, 1)) })}
          />
        </Card>
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => onChange([...steps, { ...NEW_STEP, name: `Step ${steps.length + 1}` }])}
        >
          Add a step
        </Button>
      </div>
    </Stack>
  );
}

interface StepFieldsProps {
  workspaceId: string;
  step: ApprovalStep;
  onChange: (step: ApprovalStep) => void;
  onRemove?: () => void;
}

function StepFields({ workspaceId, step, onChange, onRemove }: StepFieldsProps) {
  const { data: colleagues = [] } = useQuery(colleaguesQuery(workspaceId));
  const { name, approvers, rule } = step;
  const approve = (next: Partial<ApprovalStep['approvers']>) =>
    onChange({ ...step, approvers: { ...approvers, ...next } });
  const rules: ApprovalStep['rule'][] = ['any', 'all', ...(typeof rule === 'number' ? [rule] : []), 2, 3];
  return (
    <Stack gap="sm">
      <Group align="flex-end" wrap="nowrap">
        <TextInput
          label="Name of the step"
          maxLength={100}
          flex={1}
          value={name}
          onChange={(event) => onChange({ ...step, name: event.currentTarget.value })}
        />
        {onRemove && (
          <ActionIcon variant="default" size="lg" aria-label={`Remove ${name}`} onClick={onRemove}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      <MultiSelect
        label="Roles"
        data={APPROVING_ROLES}
        value={approvers.roles ?? []}
        onChange={(roles) => approve({ roles: roles })}
      />
      <MultiSelect
        label="People"
        searchable
        data={colleagues.map((one) => ({ value: one.id, label: one.name }))}
        value={approvers.members ?? []}
        onChange={(members) => approve({ members })}
      />
      <ClientAddresses clients={approvers.clients ?? []} onChange={(clients) => approve({ clients })} />
      <Select
        label="The step is through when"
        allowDeselect={false}
        data={[...new Set(rules)].map((one) => ({ value: String(one), label: ruleWords(one) }))}
        value={String(rule)}
        onChange={(value) => {
          if (value !== null) onChange({ ...step, rule: value === 'any' || value === 'all' ? value : Number(value) });
        }}
      />
    </Stack>
  );
}

interface ClientAddressesProps {
  clients: string[];
  onChange: (clients: string[]) => void;
}

/** People without an account who are asked too. */
function ClientAddresses({ clients, onChange }: ClientAddressesProps) {
  const [wrong, setWrong] = useState<string>();
  return (
    <TagsInput
      label="Clients"
      description="They decide by a link in a mail, without an account."
      placeholder={clients.length === 0 ? 'name@example.com' : ''}
      splitChars={[',', ' ', ';']}
      acceptValueOnBlur
      value={clients}
      error={wrong !== undefined && `“${wrong}” is not an e-mail address.`}
      onChange={(typed) => {
        const found = checkedAddresses(typed);
        setWrong(found.wrong);
        onChange(found.addresses);
      }}
    />
  );
}
