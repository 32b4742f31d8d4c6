import { useEffect, useRef } from 'react';

/** Lets the browser ask before the tab closes, as long as something would be lost with it. */
export function useLeaving(isAtRisk: () => boolean): void {
  const asked = useRef(isAtRisk);
  useEffect(() => {
    asked.current = isAtRisk;
  });
  useEffect(() => {
    const leave = (event: BeforeUnloadEvent) => {
      if (asked.current()) event.preventDefault();
    };
    window.addEventListener('beforeunload', leave);
    return () => window.removeEventListener('beforeunload', leave);
  }, []);
}
