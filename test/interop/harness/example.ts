import { appendFile } from 'node:fs/promises';
import { type Latchkey, type LatchkeyOptions, startLatchkey } from 'latchkey/testing';

/** Alice has roles in two of three accounts, bob in one. */
export const exampleDirectory = {
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
} as const satisfies LatchkeyOptions;

/** The instance of most tests. */
export function startExample(options: LatchkeyOptions = {}): Promise<Latchkey> {
  return startLatchkey({ ...options, ...exampleDirectory });
}

/** The settings of a profile for alice's role in Production, but for where to sign in. */
export function profileSettings(latchkey: Latchkey): Readonly<Record<string, string>> {
  return {
    sso_account_id: '000000000042',
    sso_role_name: 'ReadOnly',
    region: latchkey.region,
    services: 'latchkey',
  };
}

/** Adds a section to the AWS config file. */
export async function addSection(
  latchkey: Latchkey,
  heading: string,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`);
  await appendFile(latchkey.configFile, `\n[${heading}]\n${lines.join('')}`);
}
