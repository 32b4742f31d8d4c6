import {
  type Icon,
  IconAlertTriangle,
  IconBroadcast,
  IconCalendar,
  IconChecklist,
  IconCoins,
  IconFlask,
  IconNotes,
  IconPhoto,
  IconSettings,
} from '@tabler/icons-react';

/** A place to go: its screen, word and sign. */
export interface Destination {
  to:
    | '/w/$workspaceId/calendar'
    | '/w/$workspaceId/drafts'
    | '/w/$workspaceId/library'
    | '/w/$workspaceId/channels'
    | '/w/$workspaceId/spending'
    | '/approvals'
    | '/attention'
    | '/practice'
    | '/settings';
  label: string;
  icon: Icon;
  /** Belongs to the workspace that is chosen. */
  inWorkspace: boolean;
  /** What is counted there went wrong. */
  isAlarming?: boolean;
}

export const CALENDAR: Destination = {
  to: '/w/$workspaceId/calendar',
  label: 'Calendar',
  icon: IconCalendar,
  inWorkspace: true,
};
export const DRAFTS: Destination = {
  to: '/w/$workspaceId/drafts',
  label: 'Drafts',
  icon: IconNotes,
  inWorkspace: true,
};
export const LIBRARY: Destination = {
  to: '/w/$workspaceId/library',
  label: 'Library',
  icon: IconPhoto,
  inWorkspace: true,
};
export const CHANNELS: Destination = {
  to: '/w/$workspaceId/channels',
  label: 'Channels',
  icon: IconBroadcast,
  inWorkspace: true,
};
export const SPENDING: Destination = {
  to: '/w/$workspaceId/spending',
  label: 'Spending',
  icon: IconCoins,
  inWorkspace: true,
};
export const APPROVALS: Destination = {
  to: '/approvals',
  label: 'Approvals',
  icon: IconChecklist,
  inWorkspace: false,
};
export const ATTENTION: Destination = {
  to: '/attention',
  label: 'Needs attention',
  icon: IconAlertTriangle,
  inWorkspace: false,
  isAlarming: true,
};
export const PRACTICE: Destination = { to: '/practice', label: 'Practice feed', icon: IconFlask, inWorkspace: false };
export const SETTINGS: Destination = { to: '/settings', label: 'Settings', icon: IconSettings, inWorkspace: false };
