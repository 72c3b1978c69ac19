import { appendFile } from 'node:fs/promises';
import { startLatchkey } from 'latchkey/testing';

export type Latchkey = Awaited<ReturnType<typeof startLatchkey>>;

/** The instance of most tests: alice has roles in two of three accounts, bob in one. */
export function startExample(): Promise<Latchkey> {
  return startLatchkey({
    users: [{ userName: 'alice', password: 'correct horse battery' }, { userName: 'bob' }],
    accounts: [
      { id: '000000000042', name: 'Production' },
      { id: '111111111111', name: 'Sandbox' },
      { id: '222222222222', name: 'Somebody else' },
    ],
    permissionSets: [{ name: 'ReadOnly' }, { name: 'Admin', sessionDurationSeconds: 7200 }],
    assignments: [
      { users: ['alice'], accounts: ['000000000042'], permissionSets: ['ReadOnly'] },
      { users: ['alice', 'bob'], accounts: ['111111111111'], permissionSets: ['Admin', 'ReadOnly'] },
    ],
  });
}

/** Adds `[profile <name>]` to the AWS config file: by default in the instance's own session, for alice's role in Production. */
export async function addProfile(
  latchkey: Latchkey,
  name: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  const profile = {
    sso_session: 'latchkey',
    sso_account_id: '000000000042',
    sso_role_name: 'ReadOnly',
    region: latchkey.region,
    services: 'latchkey',
    ...settings,
  };
  await addSection(latchkey, `profile ${name}`, profile);
}

/** Adds a section to the AWS config file; a setting that is empty is left out. */
export async function addSection(
  latchkey: Latchkey,
  heading: string,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const lines = Object.entries(settings).flatMap(([key, value]) => (value === '' ? [] : `${key} = ${value}`));
  await appendFile(latchkey.configFile, `\n[${heading}]\n${lines.join('\n')}\n`);
}
