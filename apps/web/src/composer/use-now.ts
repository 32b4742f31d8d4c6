import { useEffect, useState } from 'react';

const STEP_MS = 15_000;

/** The time of this moment in milliseconds since 1970, often enough for what is said in minutes. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), STEP_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
