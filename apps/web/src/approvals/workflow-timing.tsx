import { Accordion, Checkbox, MultiSelect, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ApprovalWorkflow, colleaguesQuery } from './queries.js';
import { hourChoices, timingWords } from './timing.js';
import { APPROVING_ROLES } from './workflow-roles.js';

const MOST_REMINDERS = 5;
const NEW_ESCALATION: Escalation = { hours: 4, roles: ['owner', 'admin'] };

type Escalation = NonNullable<ApprovalWorkflow['escalation']>;
type Timing = Pick<ApprovalWorkflow, 'reminders' | 'escalation'>;

interface TimingProps {
  workspaceId: string;
  workflow: Timing;
  onChange: (next: Partial<Timing>) => void;
}

/** When those are reminded for whom it waits, and who is asked as well when time runs short. Folded: most keep it as it is. */
export function WorkflowTiming({ workspaceId, workflow, onChange }: TimingProps) {
  const { reminders, escalation } = workflow;
  return (
    <Accordion variant="contained">
      <Accordion.Item value="timing">
        <Accordion.Control>
          <Text size="sm" fw={600}>
            Before the due time
          </Text>
          <Text size="sm" c="dimmed">
            {timingWords(workflow)}
          </Text>
        </Accordion.Control>
        <Accordion.Panel>
          <Stack gap="sm">
            <MultiSelect
              label="Remind those it waits for"
              description="Nobody is reminded of what they have decided."
              data={hourChoices(reminders)}
              maxValues={MOST_REMINDERS}
              value={reminders.map(String)}
              onChange={(hours) => onChange({ reminders: hours.map(Number).sort((a, b) => b - a) })}
            />
            <Checkbox
              label="Ask more people when time runs short"
              checked={escalation !== null}
              onChange={(event) => onChange({ escalation: event.currentTarget.checked ? NEW_ESCALATION : null })}
            />
            {escalation && (
              <EscalationFields
                workspaceId={workspaceId}
                escalation={escalation}
                onChange={(next) => onChange({ escalation: next })}
              />
            )}
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

interface EscalationProps {
  workspaceId: string;
  escalation: Escalation;
  onChange: (escalation: Escalation) => void;
}

function EscalationFields({ workspaceId, escalation, onChange }: EscalationProps) {
  const { data: colleagues = [] } = useQuery(colleaguesQuery(workspaceId));
  const { hours, roles = [], members = [] } = escalation;
  const nobody = roles.length + members.length === 0;
  return (
    <Stack gap="sm">
      <Select
        label="When a step is still open"
        allowDeselect={false}
        data={hourChoices([hours])}
        value={String(hours)}
        onChange={(value) => {
          if (value !== null) onChange({ ...escalation, hours: Number(value) });
        }}
      />
      <MultiSelect
        label="Roles that are asked as well"
        data={APPROVING_ROLES}
        value={roles}
        error={nobody && 'Choose roles or people.'}
        onChange={(next) => onChange({ ...escalation, roles: next })}
      />
      <MultiSelect
        label="People who are asked as well"
        description="From then on they may decide in that step too."
        searchable
        data={colleagues.map((one) => ({ value: one.id, label: one.name }))}
        value={members}
        onChange={(next) => onChange({ ...escalation, members: next })}
      />
    </Stack>
  );
}
