import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, newIdempotencyKey } from '../api/client.js';
import { formErrorsOf } from '../api/problem.js';
import { useMe } from '../app/workspace.js';
import { useReloadMe } from '../settings/use-reload-me.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { NEW_POSITION, positionBody } from './position.js';
import { PositionFields } from './position-fields.js';
import { invitationsQuery, type Member, membersQuery } from './queries.js';

/** Whose position is asked for: a member's, or that of somebody who is invited. */
export type Subject = { kind: 'invite' } | { kind: 'change'; member: Member };

/** Invites somebody, or changes what a member is. */
export function PositionDialog({ subject, onClose }: { subject: Subject | undefined; onClose: () => void }) {
  const title = subject?.kind === 'change' ? `Change ${subject.member.name}` : 'Invite somebody';
  return (
    <Modal
      opened={subject !== undefined}
      onClose={onClose}
      title={
        <Text span fw={650} size="lg">
          {title}
        </Text>
      }
    >
      {subject?.kind === 'invite' && <InviteForm onClose={onClose} />}
      {subject?.kind === 'change' && <ChangeForm member={subject.member} onClose={onClose} />}
    </Modal>
  );
}

function InviteForm({ onClose }: { onClose: () => void }) {
  const { organization } = useMe();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const [position, setPosition] = useState(NEW_POSITION);
  const [missing, setMissing] = useState(false);
  const invite = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/v1/organizations/{id}/invitations', {
          params: { path: { id: organization.id }, header: { 'Idempotency-Key': newIdempotencyKey() } },
          body: { email: email.trim(), ...positionBody(position) },
        }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: invitationsQuery(organization.id).queryKey });
      notifyDone(`The invitation to ${email.trim()} is on its way.`);
      onClose();
    },
  });
  const error = missing ? 'Enter an e-mail address.' : formErrorsOf(invite.error)['email'];
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(email.trim() === '');
        if (email.trim() !== '') invite.mutate();
      }}
    >
      <Stack gap="md">
        <ProblemAlert error={invite.error} shown={(field) => field === 'email'} />
        <TextInput
          data-autofocus
          label="E-mail"
          type="email"
          autoComplete="off"
          value={email}
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
          error={error}
        />
        <PositionFields position={position} onChange={setPosition} />
        <Text size="sm" c="dimmed">
          They get a mail with a link that works once, for seven days.
        </Text>
        <Buttons label="Send invitation" busy={invite.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}

function ChangeForm({ member, onClose }: { member: Member; onClose: () => void }) {
  const { organization, user } = useMe();
  const queryClient = useQueryClient();
  const reload = useReloadMe();
  const [position, setPosition] = useState({ role: member.role, workspaces: member.workspaces });
  const change = useMutation({
    mutationFn: () =>
      answer(
        api.PATCH('/v1/organizations/{id}/members/{userId}', {
          params: { path: { id: organization.id, userId: member.id } },
          body: positionBody(position),
        }),
      ),
    onSuccess: async () => {
      notifyDone(`${member.name} is changed. It counts at once.`);
      onClose();
      await queryClient.invalidateQueries({ queryKey: membersQuery(organization.id).queryKey });
      if (member.id === user.id) await reload();
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <Stack gap="md">
        <ProblemAlert error={change.error} />
        <PositionFields position={position} onChange={setPosition} />
        <Buttons label="Save" busy={change.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}

function Buttons({ label, busy, onClose }: { label: string; busy: boolean; onClose: () => void }) {
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onClose}>
        Cancel
      </Button>
      <Button type="submit" loading={busy}>
        {label}
      </Button>
    </Group>
  );
}
