import * as v from 'valibot';
import { parsePasswordHash } from '../people/password-hash.ts';
import { duration, line, listOf, mapping, text, yesOrNo } from './setting-types.ts';

const email = (description: string) =>
  text(
    description,
    /^[!-?A-~\u00a1-\uffff]{1,128}@[!-?A-~\u00a1-\uffff]{1,128}$/,
    'an email address such as alice@example.com',
  );

const expectedHash =
  'an argon2id hash: passwords are configured as hashes only, make one with `latchkey user hash`';

export const userNameForm = /^[\w+=,.@-]{2,64}$/;
export const expectedUserName =
  '2 to 64 letters, digits or any of _+=,.@- (role sessions have the user name as their name)';

const uuid = (description: string) =>
  text(
    description,
    /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/,
    'a UUID in lower case, such as 0d9f6a0e-7a0c-4c5e-9d0b-3f1f6f0c2b11',
  );

/** The most addresses, and the most external ids, of an entry. */
const MAX_OF_ENTRY = 20;

const externalIds = v.pipe(
  listOf(
    'Ids that identity providers have for this entry.',
    mapping('An id that an identity provider has for this entry.', {
      issuer: line('Issuer of the id: the URL of the identity provider.', 2_048),
      id: line('The id, as the identity provider has it.'),
    }),
  ),
  v.maxLength(MAX_OF_ENTRY, `at most ${MAX_OF_ENTRY} ids`),
);

const userName = text(
  'Name that the person types to sign in; upper and lower case are the same. It is also the name of the role sessions of this user.',
  userNameForm,
  expectedUserName,
);

export const userEntries = {
  id: v.exactOptional(
    uuid(
      'Id of the user, which an export has. By default it is made from the instance id and the user name.',
    ),
  ),
  userName,
  displayName: v.exactOptional(line('Name shown on pages. By default it is the user name.')),
  email: v.exactOptional(email('Primary email address of the user.')),
  emails: v.exactOptional(
    v.pipe(
      listOf(
        'Further email addresses of the user.',
        mapping('An email address.', {
          address: email('The email address.'),
          kind: v.exactOptional(line('Kind of the address: work, home or another word.', 64)),
          primary: v.exactOptional(yesOrNo('Whether it is the primary address. At most one is.')),
        }),
      ),
      v.maxLength(MAX_OF_ENTRY, `at most ${MAX_OF_ENTRY} addresses`),
    ),
  ),
  externalIds: v.exactOptional(externalIds),
  passwordHash: v.exactOptional(
    v.pipe(
      v.string(expectedHash),
      v.check((value) => parsePasswordHash(value) !== undefined, expectedHash),
      v.description(
        'Password hash (argon2id) that `latchkey user hash` prints. A user without one cannot sign in with a password.',
      ),
    ),
  ),
  disabled: v.exactOptional(
    yesOrNo('Whether the user is disabled: a disabled user cannot sign in, and existing sessions end.'),
  ),
};

const user = mapping('A person who may sign in.', userEntries);

const groupName = line('Name of the group.');
const nameOfUser = line('User name, as under users.', 64);
const accountId = text('AWS account id, in quotes.', /^\d{12}$/, 'an account id, 12 digits in quotes');
const permissionSetName = text(
  'Name of the permission set; people see it as a role.',
  /^[\w+=,.@-]{1,32}$/,
  'a name of 1 to 32 letters, digits or any of _+=,.@-',
);

export const users = listOf('People who may sign in.', user);

export const groupEntries = {
  id: v.exactOptional(uuid('Id of the group, which an export has. By default one is made.')),
  name: groupName,
  description: v.exactOptional(line('Description of the group.', 1_024)),
  externalIds: v.exactOptional(externalIds),
  members: v.optional(listOf('User names of the members.', nameOfUser), []),
};

export const groups = listOf('Groups of users.', mapping('A group of users.', groupEntries));

export const accountEntries = {
  id: accountId,
  name: line('Name of the account, shown on pages.', 128),
  email: v.exactOptional(email('Email address of the account.')),
};

export const accounts = listOf(
  'AWS accounts, or environments that you treat as accounts.',
  mapping('An AWS account.', accountEntries),
);

export const permissionSetEntries = {
  id: v.exactOptional(
    text(
      'Id of the permission set, which an export has. By default one is made.',
      /^ps-[\da-f]{16}$/,
      'ps- and 16 hexadecimal digits in lower case',
    ),
  ),
  name: permissionSetName,
  description: v.exactOptional(line('Description of the permission set.', 700)),
  sessionDuration: v.optional(
    duration('Lifetime of the role credentials of this permission set.', { min: '15m', max: '12h' }),
    '1h',
  ),
};

export const permissionSets = listOf(
  'Permission sets: what people may do in an account. People see them as roles.',
  mapping('A permission set.', permissionSetEntries),
);

export const assignments = listOf(
  'Account assignments: each user and group of an assignment gets each of its permission sets in each of its accounts.',
  mapping('An account assignment.', {
    users: v.optional(listOf('User names of the people who get the permission sets.', nameOfUser), []),
    groups: v.optional(listOf('Names of the groups that get the permission sets.', groupName), []),
    accounts: v.pipe(
      listOf('Ids of the AWS accounts.', accountId),
      v.minLength(1, 'at least one account id'),
    ),
    permissionSets: v.pipe(
      listOf('Names of the permission sets.', permissionSetName),
      v.minLength(1, 'at least one permission set'),
    ),
  }),
);

/** The settings that declare the directory. */
export const directoryLists: readonly string[] = [
  'users',
  'groups',
  'accounts',
  'permissionSets',
  'assignments',
];
