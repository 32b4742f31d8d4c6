import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { type Schema } from '../api/client.js';
import { platformsQuery } from '../api/queries.js';
import classes from './platform-icon.module.css';

interface PlatformIconProps {
  /** The platform's id. */
  platform: string;
  /** In pixels. */
  size?: number;
}

/** The sign of a network in its colour, as its manifest draws it; its first letter where it has none. */
export const PlatformIcon = memo(function PlatformIcon({ platform, size = 20 }: PlatformIconProps) {
  const { data: platforms = [] } = useQuery(platformsQuery);
  const manifest = platforms.find(({ id }) => id === platform);
  return <PlatformSign name={manifest?.name ?? platform} appearance={manifest?.appearance} size={size} />;
});

interface PlatformSignProps {
  name: string;
  /** Undefined while it is not known. */
  appearance: Schema<'AppearanceDto'> | undefined;
  /** In pixels. */
  size?: number;
}

/** The same for a network whose manifest is at hand. */
export function PlatformSign({ name, appearance, size = 20 }: PlatformSignProps) {
  return (
    <span
      className={classes['disc']}
      style={{ width: size, height: size, background: appearance?.color ?? 'var(--mantine-color-gray-6)' }}
      role="img"
      aria-label={name}
    >
      {appearance?.icon ? (
        <svg viewBox="0 0 24 24" width={size * 0.6} height={size * 0.6} fill="currentColor" aria-hidden>
          <path d={appearance.icon} />
        </svg>
      ) : (
        <span aria-hidden style={{ fontSize: size * 0.55 }}>
          {name.slice(0, 1).toUpperCase()}
        </span>
      )}
    </span>
  );
}
