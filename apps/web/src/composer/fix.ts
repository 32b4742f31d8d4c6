import { type DraftAction } from './draft.js';

/** What mends a finding on one channel with one press. */
export interface Fix {
  label: string;
  actions: readonly DraftAction[];
  /** Leads to where it can be written for that channel alone. */
  opensTab?: boolean;
  /** What it is called where it is done on many channels at once. */
  together?: string;
}
