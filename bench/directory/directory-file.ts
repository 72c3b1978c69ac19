import { randomBytes } from 'node:crypto';
import { hashPassword } from '../services/latchkey.ts';

/** The person whose token is checked all the time. */
export const caller = {
  userName: 'user0',
  password: randomBytes(12).toString('base64url'),
  accountId: '000000000000',
  roleName: 'Role0',
};
/** The person whom `withoutLeaver` disables. */
export const leaver = { ...caller, userName: 'user1' };

const PEOPLE_OF_GROUP = 20;
const PEOPLE_OF_ACCOUNT = 200;
const PERMISSION_SETS = 20;

/**
 * A configuration file: each person with name, address and password in a group of 20, each group with a role in one account.
 * 100,000 people make 22 MB.
 */
export function directoryFile(people: number): string {
  const passwordHash = hashPassword(caller.password);
  const numbers = (length: number) => Array.from({ length }, (_, number) => number);
  const accounts = Math.ceil(people / PEOPLE_OF_ACCOUNT);
  const groups = Math.ceil(people / PEOPLE_OF_GROUP);
  const accountId = (number: number) => String(number % accounts).padStart(12, '0');
  return [
    'limits: { deviceAuthorizationsPerAddressPerMinute: 1000000 }',
    'shutdown: { drain: 0s }',
    'users:',
    ...numbers(people).map(
      (number) =>
        `  - userName: user${number}\n    displayName: User ${number}\n    email: user${number}@example.com\n    passwordHash: ${passwordHash}`,
    ),
    'groups:',
    ...numbers(groups).map((group) => {
      const members = numbers(Math.min(PEOPLE_OF_GROUP, people - group * PEOPLE_OF_GROUP)).map(
        (member) => `      - user${group * PEOPLE_OF_GROUP + member}`,
      );
      return `  - name: group${group}\n    members:\n${members.join('\n')}`;
    }),
    'accounts:',
    ...numbers(accounts).map((number) => `  - id: "${accountId(number)}"\n    name: Account ${number}`),
    'permissionSets:',
    ...numbers(PERMISSION_SETS).map((number) => `  - name: Role${number}`),
    'assignments:',
    ...numbers(groups).map(
      (group) =>
        `  - groups: [group${group}]\n    accounts: ["${accountId(group)}"]\n    permissionSets: [Role${group % PERMISSION_SETS}]`,
    ),
    '',
  ].join('\n');
}

/** The file with one line more, which disables a person. */
export const withoutLeaver = (file: string): string =>
  file.replace(`  - userName: ${leaver.userName}\n`, `$&    disabled: true\n`);
