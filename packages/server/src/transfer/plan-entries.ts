import { type CommandDirectory, MAX_PAGE, type NamedKind } from '../control/command-directory.ts';
import type { DeclaredEntries, DeclaredOf } from '../directory/file/declared-entries.ts';
import {
  bringAccount,
  bringGroup,
  bringPermissionSet,
  bringUser,
  type Steps,
} from '../directory/file/difference.ts';
import type { EntryOf } from '../store/port/directory.ts';
import type { EntryRef } from '../store/port/directory-change.ts';
import { readPages } from '../store/port/read-pages.ts';
import type { ImportPart, PlanInProgress } from './import-plan.ts';

/** Plans the entries of one kind, a page at a time: those that are not there are added, those of commands are changed. */
export async function* planEntries<K extends NamedKind>(
  plan: PlanInProgress,
  kind: K,
  declared: DeclaredEntries,
): AsyncGenerator<ImportPart> {
  const pages = readPages<DeclaredOf[K]>(
    (page) => declared.list(kind, page),
    ({ key }) => key,
    { pageSize: MAX_PAGE },
  );
  for await (const page of pages) {
    const stored = await findStored(plan.directory, kind, page);
    for (const [index, entry] of page.entries()) planEntry(plan, kind, entry, stored[index] ?? {});
    plan.onCompared(page.length);
    yield* plan.part.takeIfFull();
  }
}

interface Stored<K extends NamedKind> {
  /** The entry with the name. */
  readonly named?: EntryOf[K];
  /** The entry with the id that is given. */
  readonly withId?: EntryOf[K];
  /** Of the user with the name. */
  readonly passwordHash?: string;
}

async function findStored<K extends NamedKind>(
  directory: CommandDirectory,
  kind: K,
  page: readonly DeclaredOf[K][],
): Promise<readonly Stored<K>[]> {
  const ids = page.map(({ id }) => id);
  const byId = await directory.findEntries(kind, { ids });
  const byName =
    kind === 'account' ? byId : await directory.findEntries(kind, { names: page.map(nameOfDeclared) });
  const hashes = kind === 'user' ? await findHashes(directory, byName) : new Map<string, string>();
  return page.map(({ hasGivenId }, index) => {
    const named = byName[index] ?? undefined;
    const withId = hasGivenId ? byId[index] : undefined;
    const passwordHash = named && hashes.get(named.id);
    return {
      ...(named && { named }),
      ...(withId && { withId }),
      ...(passwordHash !== undefined && { passwordHash }),
    };
  });
}

function nameOfDeclared({ values }: DeclaredOf[NamedKind]): string {
  return 'userName' in values ? values.userName : values.name;
}

async function findHashes(
  directory: CommandDirectory,
  entries: readonly (EntryOf[NamedKind] | null)[],
): Promise<ReadonlyMap<string, string>> {
  const ids = entries.flatMap((entry) => entry?.id ?? []);
  const hashes = await directory.findPasswordHashes(ids);
  return new Map(ids.flatMap((id, index) => (hashes[index] ? [[id, hashes[index]] as const] : [])));
}

function planEntry<K extends NamedKind>(
  plan: PlanInProgress,
  kind: K,
  declared: DeclaredOf[K],
  { named, withId, passwordHash }: Stored<K>,
): void {
  const name = kind === 'account' ? declared.id : nameOfDeclared(declared);
  plan.ids[kind].set(declared.key, named?.id ?? declared.id);
  if (withId !== undefined && withId.id !== named?.id) {
    plan.part.conflicts.push({ kind, name, why: 'idTaken', entry: toRef(kind, withId) });
    return;
  }
  if (named !== undefined && declared.hasGivenId && named.id !== declared.id) {
    plan.part.conflicts.push({ kind, name, why: 'otherId', id: named.id });
    return;
  }
  const steps = compare[kind](named, declared, passwordHash);
  const [first] = steps;
  if (first === undefined) {
    plan.part.unchanged += 1;
    return;
  }
  const isAdded = first.kind.startsWith('add');
  if (!isAdded && named !== undefined && named.source !== 'command') {
    plan.part.conflicts.push({ kind, name, why: 'owned', entry: toRef(kind, named) });
    return;
  }
  if (isAdded && named === undefined) plan.added.add(declared.id);
  plan.part.steps.push(...steps);
  for (const step of steps) {
    const values =
      step.kind === 'setPassword' ? ['password'] : 'values' in step ? Object.keys(step.values) : undefined;
    plan.part.changes.push({ does: isAdded ? 'add' : 'change', kind, name, ...(values && { values }) });
  }
}

type Compare<K extends NamedKind> = (
  named: EntryOf[K] | undefined,
  declared: DeclaredOf[K],
  passwordHash: string | undefined,
) => Steps;

const compare: { readonly [K in NamedKind]: Compare<K> } = {
  user(named, declared, passwordHash) {
    // A password that is not declared stays, and one that is there already is none to set.
    const { passwordHash: wanted, ...user } = declared;
    const isWanted = named?.leftAtMs !== undefined || wanted !== passwordHash;
    const id = named?.id ?? declared.id;
    return bringUser(named, { ...(isWanted ? declared : user), id }, () => undefined);
  },
  group: bringGroup,
  account: bringAccount,
  permissionSet: bringPermissionSet,
};

function toRef<K extends NamedKind>(kind: K, entry: EntryOf[K]): EntryRef {
  const { id, source } = entry;
  return { kind, id, source, name: 'userName' in entry ? entry.userName : entry.name };
}
