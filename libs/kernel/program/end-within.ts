/**
 * Ends something, but waits no longer than `ms` milliseconds for it. Tells whether it came to its end; what it throws
 * before that is thrown.
 */
export async function endWithin(ms: number, end: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([end().then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
