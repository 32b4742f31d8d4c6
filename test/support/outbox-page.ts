import { type Page } from 'playwright-core';
import { until } from './processes.js';

/**
 * Where the newest mail to somebody leads, from the outbox page of the installation.
 * @param pattern of the address: `/http\S+\/invitation\/[\w-]+/`
 * @param known a link of an earlier mail, which is not waited for
 */
export function linkMailedTo(page: Page, email: string, pattern: RegExp, known?: string): Promise<string> {
  return until(
    async () => {
      const outbox = await (await page.request.get('/outbox')).text();
      for (const [, id] of outbox.matchAll(/href="\/outbox\/([\w-]+)"/g)) {
        const mail = await (await page.request.get(`/outbox/${id}`)).text();
        const found = mail.includes(email) ? pattern.exec(mail)?.[0] : undefined;
        if (found !== undefined && found !== known) return found;
      }
      return undefined;
    },
    () => `No mail for ${email} with such a link is in the outbox.`,
  );
}
