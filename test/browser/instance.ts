import type { Latchkey, LatchkeyOptions } from 'latchkey/testing';
import type { BrowserContext } from 'playwright-core';
import {
  type CommandedLatchkey,
  startWithCommands,
} from '../../packages/server/src/fixtures/start-with-commands.ts';

type Settings = NonNullable<LatchkeyOptions['settings']>;

export const PASSWORD = 'correct horse battery';

/** Addresses that tests come from, by `X-Forwarded-For`. */
export const BROWSER_ADDRESS = '198.51.100.4';
export const DEVICE_ADDRESS = '203.0.113.7';

/** People for each of whom a rule of the policy applies, by a group of the same name; and a rule for a permission set. */
const policyPeople = ['second-factor', 'passkey', 'soon', 'office'];

/** @param displayName - of each of the people */
export function policyParts(displayName?: string) {
  return {
    users: policyPeople.map((userName) => ({ userName, ...(displayName !== undefined && { displayName }) })),
    groups: policyPeople.map((userName) => ({ name: userName, members: [userName] })),
    policy: [
      { permissionSets: ['AdministratorAccess'], recentSignInSeconds: 900 },
      { groups: ['second-factor'], factors: 'secondFactor' },
      { groups: ['passkey'], factors: 'passkey' },
      { groups: ['soon'], recentSignInSeconds: 120 },
      { groups: ['office'], networks: ['192.0.2.0/24'] },
    ],
  } as const;
}

/**
 * An instance with Alice, who has two accounts; Bob, who has none; both may sign in devices; people with many (`manyAccounts`); and limits that a test
 * can reach.
 */
export function startInstance(
  settings: Pick<Settings, 'branding' | 'models'> = {},
): Promise<CommandedLatchkey> {
  const many = manyAccounts((number) => `Team ${number}`);
  const ruled = policyParts();
  return startWithCommands({
    users: [
      { userName: 'alice', displayName: 'Alice Example', password: PASSWORD },
      { userName: 'bob', displayName: 'Bob Example', password: PASSWORD },
      ...ruled.users,
      ...many.users,
    ],
    groups: [{ name: 'Device people', members: ['alice', 'bob'] }, ...ruled.groups],
    accounts: [
      { id: '111122223333', name: 'Development' },
      { id: '444455556666', name: 'Production' },
      ...many.accounts,
    ],
    permissionSets: [{ name: 'AdministratorAccess' }, { name: 'ReadOnly' }, ...many.permissionSets],
    assignments: [
      { users: ['alice'], accounts: ['111122223333'], permissionSets: ['AdministratorAccess', 'ReadOnly'] },
      { users: ['alice'], accounts: ['444455556666'], permissionSets: ['ReadOnly'] },
      ...many.assignments,
    ],
    settings: {
      ...settings,
      deviceSignIn: { groups: ['Device people'], recentSignInSeconds: 7200 },
      policy: ruled.policy,
      limits: { passwordFailuresPerUser: 2, userCodeFailuresPerUser: 2 },
      trustedProxies: ['127.0.0.1', '::1'],
    },
  });
}

/**
 * A directory with people for whom the portal looks different: `one` has one account; `carol` has 120, and 60 roles in the
 * first of them; `dave` has more than are put in the order of their names.
 */
export function manyAccounts(nameOf: (number: number) => string) {
  const ids = Array.from({ length: 1001 }, (_, index) => String(200_000_000_000 + index));
  const permissionSets = Array.from({ length: 60 }, (_, index) => ({ name: `Role-${index + 100}` }));
  const first = ids.slice(0, 1);
  return {
    users: ['one', 'carol', 'dave'].map((userName) => ({ userName })),
    accounts: ids.map((id, index) => ({ id, name: nameOf(index + 1) })),
    permissionSets,
    assignments: [
      { users: ['one'], accounts: first, permissionSets: ['Role-100'] },
      { users: ['carol'], accounts: first, permissionSets: permissionSets.map(({ name }) => name) },
      { users: ['carol'], accounts: ids.slice(0, 120), permissionSets: ['Role-100', 'Role-101'] },
      { users: ['dave'], accounts: ids, permissionSets: ['Role-100'] },
    ],
  };
}

/** Signs a user in to a browser, without the page. */
export async function signIn(latchkey: Latchkey, browser: BrowserContext, userName: string): Promise<void> {
  const { cookie } = await latchkey.signIn(userName);
  const [name = '', value = ''] = cookie.split('=');
  await browser.addCookies([{ name, value, url: latchkey.url }]);
}
