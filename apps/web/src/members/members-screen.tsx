import { Button, Card, Skeleton, Stack } from '@mantine/core';
import { IconLock, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay, useMe } from '../app/workspace.js';
import { Section } from '../settings/section.js';
import { SettingsPage } from '../settings/settings-page.js';
import { EmptyState } from '../ui/empty-state.js';
import { QueryView } from '../ui/query-view.js';
import { InvitationRow } from './invitation-row.js';
import { MemberRow } from './member-row.js';
import rows from '../ui/rows.module.css';
import { PositionDialog, type Subject } from './position-dialog.js';
import { invitationsQuery, membersQuery } from './queries.js';

/** Who belongs to the organization, who is invited, and what each may do where. */
export function MembersScreen() {
  const sees = useMay('members.read');
  const manages = useMay('members.manage');
  const [subject, setSubject] = useState<Subject>();
  const invite = (
    <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => setSubject({ kind: 'invite' })}>
      Invite
    </Button>
  );
  return (
    <SettingsPage title="Members" actions={manages && invite}>
      {sees ? <Lists onSubject={setSubject} /> : <NotYours />}
      <PositionDialog subject={subject} onClose={() => setSubject(undefined)} />
    </SettingsPage>
  );
}

function Lists({ onSubject }: { onSubject: (subject: Subject) => void }) {
  const { organization } = useMe();
  const members = useQuery(membersQuery(organization.id));
  const invitations = useQuery(invitationsQuery(organization.id));
  return (
    <Stack gap="md">
      {invitations.data && invitations.data.length > 0 && (
        <Section title="Invited" description="They have not accepted yet.">
          <ul className={rows['list']}>
            {invitations.data.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        </Section>
      )}
      <Section title={`Members of ${organization.name}`}>
        <QueryView query={members} skeleton={<RowsSkeleton />}>
          {(found) => (
            <ul className={rows['list']}>
              {found.map((member) => (
                <MemberRow key={member.id} member={member} onChange={() => onSubject({ kind: 'change', member })} />
              ))}
            </ul>
          )}
        </QueryView>
      </Section>
    </Stack>
  );
}

function NotYours() {
  return (
    <Card>
      <EmptyState icon={IconLock} title="Members are seen by owners, admins and support">
        Ask one of them to invite somebody, or to give you another role.
      </EmptyState>
    </Card>
  );
}

function RowsSkeleton() {
  return (
    <Stack gap="sm">
      {[0, 1, 2].map((row) => (
        <Skeleton key={row} height={76} />
      ))}
    </Stack>
  );
}
