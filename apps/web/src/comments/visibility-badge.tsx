import { IconEye, IconLock } from '@tabler/icons-react';
import { type Look, LookBadge } from '../ui/look-badge.js';
import { type Visibility } from './item.js';

const LOOKS: Record<Visibility, Look> = {
  internal: { word: 'Internal', color: 'gray', icon: IconLock },
  client: { word: 'The client sees this', color: 'orange', icon: IconEye },
};

/** Who may read a comment. */
export function VisibilityBadge({ visibility }: { visibility: Visibility }) {
  return <LookBadge look={LOOKS[visibility]} size="sm" state={visibility} />;
}
