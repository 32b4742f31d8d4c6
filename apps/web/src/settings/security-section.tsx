import { Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMe } from '../app/workspace.js';
import { QueryView } from '../ui/query-view.js';
import { Section } from './section.js';
import { EmailRow } from './security-email.js';
import { FacebookRow } from './security-facebook.js';
import { RequirementSwitch } from './security-organization.js';
import { PasswordRow } from './security-password.js';
import { securityQuery } from './security-queries.js';
import { SecondFactorRow } from './security-second-factor.js';
import { SessionList } from './security-sessions.js';
import rows from '../ui/rows.module.css';

const ROWS_HEIGHT = 220;

/** How the person gets in, and where they are signed in. */
export function SecuritySection() {
  const { may } = useMe();
  const query = useQuery(securityQuery);
  return (
    <Section title="Security" description="How you sign in, and where you are signed in.">
      <QueryView query={query} skeleton={<Skeleton height={ROWS_HEIGHT} />}>
        {(security) => (
          <Stack gap="md">
            <ul className={rows['list']}>
              <EmailRow security={security} />
              <PasswordRow />
              <SecondFactorRow security={security} />
              {security.facebook && <FacebookRow />}
            </ul>
            {may.includes('organization.change') && <RequirementSwitch security={security} />}
            <div>
              <Title order={3} size="h4">
                Where you are signed in
              </Title>
              <SessionList />
            </div>
          </Stack>
        )}
      </QueryView>
    </Section>
  );
}
