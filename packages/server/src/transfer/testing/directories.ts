import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { CommandDirectory } from '../../control/command-directory.ts';
import { openStoreDirectory } from '../../control/store-directory.ts';
import { declaredUserId } from '../../directory/ids.ts';
import { nameKey } from '../../directory/name-key.ts';
import type { DirectoryStep, NewUser } from '../../store/port/directory-change.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import type { Store } from '../../store/store.ts';
import { uuid } from '../../store/testing/directory/fixtures.ts';

export interface OpenedInstance extends AsyncDisposable {
  readonly directory: CommandDirectory;
  readonly store: Store;
}

/** An instance with an empty directory. */
export function emptyInstance(instanceId = 'ssoins-7e57000000000001', configFile?: string): OpenedInstance {
  const store = openSqliteStore(':memory:');
  const directory = openStoreDirectory({
    store,
    audit: { record() {} },
    now: () => Date.parse('2026-01-01T00:00:00Z'),
    baseUrl: 'https://sso.example.com',
    host: { release: '0.0.0', instanceId, ...(configFile !== undefined && { configFile }) },
  });
  return { directory, store, [Symbol.asyncDispose]: () => store.close() };
}

export async function applySteps(
  directory: CommandDirectory,
  steps: readonly DirectoryStep[],
): Promise<void> {
  for (let first = 0; first < steps.length; first += 100) {
    const change = { id: randomUUID(), actor: 'test', steps: steps.slice(first, first + 100) };
    const outcome = await directory.changeDirectory(change);
    assert.equal(outcome.kind, 'changed', JSON.stringify(outcome));
  }
}

export async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}

const HASH =
  '$argon2id$v=19$m=47104,t=1,p=1$5ZYKP5qLOZumrKuPKrN1nw$n+FPVV7b0mxn1oV3LHxJD4+qHQx6G9h/4GaNoPp2pCw';

/** Words that YAML, CSV or a spreadsheet could take for something else than text. */
const AWKWARD = [
  ...[
    'yes',
    'null',
    '~',
    '007',
    '1e3',
    '0x1F',
    '.inf',
    '2026-01-01',
    '12:30:45',
    '- a',
    '? b',
    'a: b',
    '# c',
  ],
  ...[
    '{d}',
    '[e]',
    '*f',
    '&g',
    '!h',
    '%i',
    '@j',
    '`k`',
    '"l"',
    "'m'",
    "'",
    '|',
    '>',
    'n;o',
    'p,q',
    '\\',
    '\\;',
    ';',
  ],
  ...['=cmd()', '+1', '-2', "'=3", "''+4", '@sum', ' lead', 'trail ', '\u00a0', '\ufeffx', '🗝️ key', '𝒜stral'],
  ...['ﬁ ligature', 'İ', '...', '---', '<<', '=', 'e\u0301', '\u2028', '\ud83d\udd11'],
];

const character = fc.oneof(
  fc.integer({ min: 0x20, max: 0x7e }),
  fc.integer({ min: 0xa0, max: 0xd7ff }),
  fc.integer({ min: 0x1_0000, max: 0x1_ffff }),
);
const freeText = fc
  .array(character, { minLength: 1, maxLength: 12 })
  .map((codePoints) => String.fromCodePoint(...codePoints));
const lineOfText = fc.oneof(fc.constantFrom(...AWKWARD), freeText);
const userName = fc.stringMatching(/^[\w+=,.@-]{2,12}$/);
const setName = fc.stringMatching(/^[\w+=,.@-]{1,12}$/);
const email = fc.stringMatching(/^[\w+=.'"-]{1,8}@[a-z]{1,8}$/);

const emails = fc
  .tuple(
    fc.uniqueArray(email, { maxLength: 3, selector: nameKey }),
    fc.nat(4),
    fc.array(fc.option(lineOfText)),
  )
  .map(([addresses, primary, kinds]) =>
    addresses.map((address, index) => {
      const kind = kinds[index] ?? undefined;
      return { address, primary: index === primary, ...(kind !== undefined && { kind }) };
    }),
  );

const user = fc.record({
  userName,
  displayName: fc.option(lineOfText, { nil: undefined }),
  emails,
  status: fc.constantFrom('enabled', 'disabled'),
  hasPassword: fc.boolean(),
  hasDerivedId: fc.boolean(),
  hasExternalId: fc.boolean(),
});

const unique = <T>(items: fc.Arbitrary<T>, key: (item: T) => string, maxLength = 6) =>
  fc.uniqueArray(items, { selector: (item) => nameKey(key(item)), maxLength });

const pair = fc.tuple(fc.nat(20), fc.nat(20));
const assignment = fc.tuple(fc.boolean(), fc.nat(20), fc.nat(20), fc.nat(20));

/** Steps that make a small directory from nothing, in an instance. */
export const someDirectory = (instanceId: string): fc.Arbitrary<readonly DirectoryStep[]> =>
  fc
    .record({
      users: unique(user, ({ userName: name }) => name),
      groups: unique(
        fc.record({ name: lineOfText, description: fc.option(lineOfText) }),
        ({ name }) => name,
        4,
      ),
      accounts: unique(fc.record({ id: fc.stringMatching(/^\d{12}$/), name: lineOfText }), ({ id }) => id, 4),
      sets: unique(fc.record({ name: setName, description: fc.option(lineOfText) }), ({ name }) => name, 4),
      seconds: fc.integer({ min: 900, max: 43_200 }),
      members: fc.array(pair, { maxLength: 8 }),
      assignments: fc.array(assignment, { maxLength: 12 }),
    })
    .map(({ users, groups, accounts, sets, seconds, members, assignments }) => {
      const userIds = users.map(({ userName: name, hasDerivedId }, index) =>
        hasDerivedId ? declaredUserId(instanceId, nameKey(name)) : uuid(index + 1),
      );
      const groupIds = groups.map((_, index) => uuid(index + 0x100));
      const setIds = sets.map((_, index) => `ps-${index.toString(16).padStart(16, '0')}`);
      const pick = <T>(items: readonly T[], index: number) => items[index % Math.max(1, items.length)];
      const steps: DirectoryStep[] = users.map((each, index) => ({
        kind: 'addUser',
        user: newUser(each, { id: userIds[index]!, index }),
      }));
      for (const [index, { name, description }] of groups.entries()) {
        const group = {
          id: groupIds[index]!,
          name,
          ...(description !== null && { description }),
          externalIds: [],
        };
        steps.push({ kind: 'addGroup', group });
      }
      steps.push(...accounts.map((account) => ({ kind: 'addAccount', account }) as const));
      for (const [index, { name, description }] of sets.entries()) {
        const values = {
          name,
          ...(description !== null && { description }),
          sessionDurationSeconds: seconds,
        };
        steps.push({ kind: 'addPermissionSet', permissionSet: { id: setIds[index]!, ...values } });
      }
      for (const [one, other] of members) {
        const [userId, groupId] = [pick(userIds, one), pick(groupIds, other)];
        if (userId && groupId) steps.push({ kind: 'addMembership', userId, groupId });
      }
      for (const [isUser, one, two, three] of assignments) {
        const [userId, groupId] = [pick(userIds, one), pick(groupIds, one)];
        const [account, permissionSetId] = [pick(accounts, two), pick(setIds, three)];
        const principal = isUser ? userId && { userId } : groupId && { groupId };
        if (principal && account && permissionSetId) {
          steps.push({ kind: 'addAssignment', principal, accountId: account.id, permissionSetId });
        }
      }
      return steps;
    });

type SomeUser = typeof user extends fc.Arbitrary<infer User> ? User : never;

function newUser(
  { userName: name, displayName, hasPassword, hasExternalId, ...values }: SomeUser,
  { id, index }: { readonly id: string; readonly index: number },
): NewUser {
  return {
    id,
    userName: name,
    displayName: displayName ?? name,
    emails: values.emails,
    externalIds: hasExternalId ? [{ issuer: 'https://idp.example.com', id: `#${index}` }] : [],
    status: values.status as NewUser['status'],
    ...(hasPassword && { passwordHash: HASH }),
  };
}
