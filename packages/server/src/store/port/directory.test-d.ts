import type { DirectoryReader } from './directory.ts';
import { type DirectoryChange, type DirectoryWriter, MAX_STEPS } from './directory-change.ts';

declare const directory: DirectoryReader & DirectoryWriter;

const base = { source: 'file', actor: 'file', nowMs: 0 } as const;

/** An optional value can be removed, a required one cannot. */
export const removals: readonly DirectoryChange[] = [
  { ...base, steps: [{ kind: 'changeAccount', id: '123456789012', values: { email: null } }] },
  // @ts-expect-error every account has a name
  { ...base, steps: [{ kind: 'changeAccount', id: '123456789012', values: { name: null } }] },
];

/** What a list or a search gives follows from the kind of entry. */
export const userNames: Promise<readonly string[]> = directory
  .listEntries('user', { limit: 100 })
  .then((users) => users.map(({ userName }) => userName));
// @ts-expect-error groups have no user name
export const groupName = (await directory.findEntry('group', { nameKey: 'admins' }))?.userName;
// @ts-expect-error memberships have no name to be found by
export const membership = directory.findEntry('membership', { nameKey: 'admins' });

/** The outcome says which member to read. */
const outcome = await directory.changeDirectory({ ...base, steps: [] });
export const results = outcome.kind === 'changed' ? outcome.results : outcome.conflict;

/** What cuts a long list of steps into changes knows the bound as a number. */
export const most: 100 = MAX_STEPS;
