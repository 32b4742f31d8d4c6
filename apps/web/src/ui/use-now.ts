import { useEffect, useState } from 'react';

/** The time, anew every so often: for what depends on whether an instant has passed. @param everyMs milliseconds */
export function useNow(everyMs = 10_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
