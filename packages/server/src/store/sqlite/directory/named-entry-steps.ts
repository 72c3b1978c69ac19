import { randomUUID } from 'node:crypto';
import type { SQLInputValue } from 'node:sqlite';
import { nameKey } from '../../../directory/name-key.ts';
import { randomBytes } from '../../../keys/random.ts';
import type {
  AccountValues,
  Changed,
  GroupValues,
  PermissionSetValues,
  StepResult,
} from '../../port/directory-change.ts';
import { entryTables } from './entries.ts';
import { findEntry, idValue } from './entry-queries.ts';
import { saySame, withChanges } from './entry-values.ts';
import { writeExternalIds } from './external-ids.ts';
import { listReferences, refuseReferences, removeOwnReferences } from './references.ts';
import { entryRef, Refusal } from './refusal.ts';
import { getOwnEntry, type StepContext } from './step-context.ts';

/** What a group, an account and a permission set are declared with. */
interface ValuesOf {
  readonly group: GroupValues;
  readonly account: AccountValues;
  readonly permissionSet: PermissionSetValues;
}
type Kind = keyof ValuesOf;

/** How the steps differ by the kind of the entry. */
interface KindOfEntry<Values> {
  newId(): string;
  /** Whether only one entry may have a name. */
  readonly hasOwnName: boolean;
  /** The values alone, of an entry that has more. */
  pick(entry: Values): Values;
  /** Columns with their values, beside those that all kinds have. */
  columns(values: Values): Readonly<Record<string, SQLInputValue>>;
}

const kinds: { readonly [K in Kind]: KindOfEntry<ValuesOf[K]> } = {
  group: {
    newId: randomUUID,
    hasOwnName: true,
    pick: ({ name, description, externalIds }) => ({
      name,
      ...(description !== undefined && { description }),
      externalIds,
    }),
    columns: ({ description }) => ({ description: description ?? null }),
  },
  account: {
    newId: () => {
      throw new TypeError('Cannot add an account: it has no id');
    },
    hasOwnName: false,
    pick: ({ name, email }) => ({ name, ...(email !== undefined && { email }) }),
    columns: ({ email }) => ({ email: email ?? null }),
  },
  permissionSet: {
    newId: () => `ps-${randomBytes(8).toString('hex')}`,
    hasOwnName: true,
    pick: ({ name, description, sessionDurationSeconds }) => ({
      name,
      ...(description !== undefined && { description }),
      sessionDurationSeconds,
    }),
    columns: ({ description, sessionDurationSeconds }) => ({
      description: description ?? null,
      session_duration_seconds: sessionDurationSeconds,
    }),
  },
};

/** Adds a group, an account or a permission set, or takes one on again that the source has handed over. */
export function addNamed<K extends Kind>(
  context: StepContext,
  kind: K,
  values: ValuesOf[K] & { readonly id?: string },
): StepResult {
  const { id = kinds[kind].newId(), name } = values;
  if (idValue(kind, id) === null) {
    throw new TypeError(`Cannot add a ${kind} with the id "${id}": a UUID in lower case is wanted`);
  }
  const by = kinds[kind].hasOwnName ? { nameKey: nameKey(name) } : { id };
  const present = findEntry(context.statements, kind, by);
  if (present?.handedOverBy === context.source) {
    updateNamed(context, kind, present.id, values);
    return { id: present.id, did: 'changed' };
  }
  const holder = findEntry(context.statements, kind, { id });
  if (holder !== undefined) throw new Refusal({ kind: 'taken', what: 'id', by: entryRef(kind, holder) });
  refuseTakenName(context, kind, { id, name });
  const columns = columnsOf(kind, values);
  const names = Object.keys(columns);
  context.statements.run(
    `INSERT INTO ${entryTables[kind].table} (id, revision, source, ${names.join(', ')})
     VALUES (?, 1, ?, ${names.map(() => '?').join(', ')})`,
    ...[idValue(kind, id), context.source, ...Object.values(columns)],
  );
  if ('externalIds' in values) writeExternalIds(context, 'group', id, values.externalIds);
  return { id, did: 'added' };
}

/** Changes a group, an account or a permission set of the source. */
export function changeNamed<K extends Kind>(
  context: StepContext,
  kind: K,
  step: { readonly id: string; readonly ifRevision?: number; readonly values: Changed<ValuesOf[K]> },
): StepResult {
  const { id } = step;
  const before = kinds[kind].pick(getOwnEntry(context, kind, id, step.ifRevision) as unknown as ValuesOf[K]);
  const values = withChanges(before, step.values);
  if (saySame(values, before)) return { did: 'unchanged' };
  refuseTakenName(context, kind, { id, name: values.name });
  updateNamed(context, kind, id, values);
  return { did: 'changed' };
}

/** Writes what the source of the change says of an entry, which is its own from now on. */
function updateNamed<K extends Kind>(context: StepContext, kind: K, id: string, values: ValuesOf[K]): void {
  const columns = { ...columnsOf(kind, values), source: context.source, handed_over_by: null };
  const settings = Object.keys(columns).map((name) => `${name} = ?`);
  context.statements.run(
    `UPDATE ${entryTables[kind].table} SET revision = revision + 1, ${settings.join(', ')} WHERE id = ?`,
    ...[...Object.values(columns), idValue(kind, id)],
  );
  if ('externalIds' in values) writeExternalIds(context, 'group', id, values.externalIds);
}

/** Removes a group, an account or a permission set of the source. */
export function removeNamed(context: StepContext, kind: Kind, { id }: { readonly id: string }): StepResult {
  const entry = getOwnEntry(context, kind, id);
  removeOwnReferences(context, kind, id);
  refuseReferences(context, kind, entry);
  deleteNamed(context, kind, id);
  return { did: 'removed' };
}

/** Removes what a source does not declare any more, or hands it over to `command` where others refer to it. */
export function letNamedGo(context: StepContext, kind: Kind, id: string): StepResult {
  const { statements, source } = context;
  getOwnEntry(context, kind, id);
  removeOwnReferences(context, kind, id);
  if (listReferences(context, kind, id).length === 0) {
    deleteNamed(context, kind, id);
    return { did: 'removed' };
  }
  if (source === 'command') return { did: 'unchanged' };
  statements.run(
    "INSERT INTO directory_source (name, revision) VALUES ('command', 0) ON CONFLICT DO NOTHING",
  );
  statements.run(
    `UPDATE ${entryTables[kind].table}
     SET source = 'command', handed_over_by = ?, revision = revision + 1 WHERE id = ?`,
    ...[source, idValue(kind, id)],
  );
  return { did: 'handedOver' };
}

function deleteNamed({ statements }: StepContext, kind: Kind, id: string): void {
  statements.run(`DELETE FROM ${entryTables[kind].table} WHERE id = ?`, idValue(kind, id));
}

function columnsOf<K extends Kind>(kind: K, values: ValuesOf[K]): Readonly<Record<string, SQLInputValue>> {
  return { name: values.name, name_key: nameKey(values.name), ...kinds[kind].columns(values) };
}

function refuseTakenName<K extends Kind>(
  { statements }: StepContext,
  kind: K,
  { id, name }: { readonly id: string; readonly name: string },
): void {
  if (!kinds[kind].hasOwnName) return;
  const holder = findEntry(statements, kind, { nameKey: nameKey(name) });
  if (holder !== undefined && holder.id !== id) {
    throw new Refusal({ kind: 'taken', what: 'name', by: entryRef(kind, holder) });
  }
}
