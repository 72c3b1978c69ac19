import type { Latchkey, LatchkeyOptions } from 'latchkey/testing';
import type { BrowserContext } from 'playwright-core';
import { startLatchkey } from '../../packages/server/src/fixtures/start-latchkey.ts';

type Settings = NonNullable<LatchkeyOptions['settings']>;

export const PASSWORD = 'correct horse battery';

/** Addresses that tests come from, by `X-Forwarded-For`. */
export const BROWSER_ADDRESS = '198.51.100.4';
export const DEVICE_ADDRESS = '203.0.113.7';

/** An instance with Alice, who has two accounts; Bob, who has none; and limits that a test can reach. */
export function startInstance(settings: Pick<Settings, 'branding' | 'models'> = {}): Promise<Latchkey> {
  return startLatchkey({
    users: [
      { userName: 'alice', displayName: 'Alice Example', password: PASSWORD },
      { userName: 'bob', displayName: 'Bob Example', password: PASSWORD },
    ],
    accounts: [
      { id: '111122223333', name: 'Development' },
      { id: '444455556666', name: 'Production' },
    ],
    permissionSets: [{ name: 'AdministratorAccess' }, { name: 'ReadOnly' }],
    assignments: [
      { users: ['alice'], accounts: ['111122223333'], permissionSets: ['AdministratorAccess', 'ReadOnly'] },
      { users: ['alice'], accounts: ['444455556666'], permissionSets: ['ReadOnly'] },
    ],
    settings: {
      ...settings,
      limits: { passwordFailuresPerUser: 2, userCodeFailuresPerUser: 2 },
      trustedProxies: ['127.0.0.1', '::1'],
    },
  });
}

/** Signs a user in to a browser, without the page. */
export async function signIn(latchkey: Latchkey, browser: BrowserContext, userName: string): Promise<void> {
  const { cookie } = await latchkey.signIn(userName);
  const [name = '', value = ''] = cookie.split('=');
  await browser.addCookies([{ name, value, url: latchkey.url }]);
}
