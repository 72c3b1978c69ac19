import fc from 'fast-check';
import type { AccountWithRoles } from '../../access/assigned-accounts.ts';
import { nameKey } from '../../directory/name-key.ts';
import { anyCharacter } from '../../fixtures/any-character.ts';

/** Names that are alike in one way or another, and names of any characters. */
const accountName = fc.oneof(
  fc.constantFrom(
    'Data',
    'data',
    'DATA!',
    'Data Platform',
    'data-platform',
    'Daten',
    'Dáta',
    'default',
    '-',
    '...',
  ),
  fc.constantFrom(
    '開発',
    'بيانات',
    '\u202edata',
    'ＤＡＴＡ',
    'profile x]',
    '# data',
    'a'.repeat(128),
    '111122223333',
  ),
  fc.string({ unit: anyCharacter, minLength: 1, maxLength: 128 }),
);

const roleName = fc.oneof(
  fc.constantFrom('admin', 'platform-admin', 'a.b', 'a=b', 'a,b', '+', '-', '=', ',', '.', '@', 'default'),
  fc.stringMatching(/^[\w+=,.@-]{1,32}$/),
);

/** Few ids, so that they are near each other. */
const accountId = fc.oneof(
  fc.constantFrom('000000000000', '000000000001', '111122223333', '999999999999'),
  fc.stringMatching(/^\d{12}$/),
);

/** Accounts with unique ids, and roles with names that are unique when case is ignored, as the configuration has them. */
export const anyAccounts: fc.Arbitrary<readonly AccountWithRoles[]> = fc.uniqueArray(
  fc.record({
    id: accountId,
    name: accountName,
    roles: fc.uniqueArray(
      roleName.map((name) => ({ name, sessionDurationSeconds: 3600 })),
      { selector: ({ name }) => nameKey(name), maxLength: 5 },
    ),
  }),
  { selector: ({ id }) => id, maxLength: 6 },
);
