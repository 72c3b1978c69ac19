import * as v from 'valibot';
import { parsePasswordHash } from '../people/password-hash.ts';
import { duration, line, listOf, mapping, text, yesOrNo } from './setting-types.ts';

const email = (description: string) =>
  text(description, /^[^\s@]{1,128}@[^\s@]{1,128}$/, 'an email address such as alice@example.com');

const expectedHash = 'an argon2id hash: passwords only as hashes, make one with `latchkey user hash`';

export const userNameForm = /^[\w+=,.@-]{2,64}$/;
export const expectedUserName = '2 to 64 letters, digits or any of _+=,.@- (a role session is called by it)';

const userName = text(
  'What the person types to sign in; case is ignored. Role sessions are called the same.',
  userNameForm,
  expectedUserName,
);

const user = mapping('A person who may sign in.', {
  userName,
  displayName: v.exactOptional(line('Name to show; the user name unless set.')),
  email: v.exactOptional(email('Email address.')),
  passwordHash: v.exactOptional(
    v.pipe(
      v.string(expectedHash),
      v.check((value) => parsePasswordHash(value) !== undefined, expectedHash),
      v.description('Made by `latchkey user hash`. Without it the user cannot sign in with a password.'),
    ),
  ),
  disabled: v.exactOptional(yesOrNo('A disabled user cannot sign in, and existing sessions end.')),
});

const groupName = line('Name of a group.');
const nameOfUser = line('User name of a user above.', 64);
const accountId = text('Account id, in quotes.', /^\d{12}$/, 'an account id, 12 digits in quotes');
const permissionSetName = text(
  'Name of a permission set; people see it as a role.',
  /^[\w+=,.@-]{1,32}$/,
  'a name of 1 to 32 letters, digits or any of _+=,.@-',
);

export const users = listOf('The people.', user);

export const groups = listOf(
  'Groups of users.',
  mapping('A group of users.', {
    name: groupName,
    members: v.optional(listOf('User names.', nameOfUser), []),
  }),
);

export const accounts = listOf(
  'AWS accounts, or whatever stands for them.',
  mapping('An account.', {
    id: accountId,
    name: line('Name to show.', 128),
    email: v.exactOptional(email('Email address of the account.')),
  }),
);

export const permissionSets = listOf(
  'What may be done in an account; seen as roles.',
  mapping('A permission set.', {
    name: permissionSetName,
    description: v.exactOptional(line('What it is for.', 700)),
    sessionDuration: v.optional(
      duration('How long role credentials live.', { min: '15m', max: '12h' }),
      '1h',
    ),
  }),
);

export const assignments = listOf(
  'Who may do what where: each user and group named gets each permission set in each account.',
  mapping('Users and groups, permission sets, accounts.', {
    users: v.optional(listOf('User names.', nameOfUser), []),
    groups: v.optional(listOf('Names of groups.', groupName), []),
    accounts: v.pipe(listOf('Account ids.', accountId), v.minLength(1, 'at least one account id')),
    permissionSets: v.pipe(
      listOf('Names of permission sets.', permissionSetName),
      v.minLength(1, 'at least one permission set'),
    ),
  }),
);
