import type {
  ChangeOutcome,
  DirectoryChange,
  DirectoryStep,
  StepResult,
} from '../../port/directory-change.ts';
import type { Dialect } from '../dialect.ts';
import { get, run, type Work } from '../work.ts';
import { addNamed, changeNamed, letNamedGo, removeNamed } from './named-entry-steps.ts';
import { addAssignment, addMembership, removeAssignment, removeMembership } from './reference-steps.ts';
import { Refusal } from './refusal.ts';
import type { StepContext } from './step-context.ts';
import { blockUser, resetFactors, signOutEverywhere, unblockUser } from './user-access-steps.ts';
import { setPassword } from './user-passwords.ts';
import { addUser, changeUser, letUserGo, removeUser } from './user-steps.ts';
import { uuidBytes } from './uuid-bytes.ts';

type Kind = DirectoryStep['kind'];

const steps: {
  readonly [K in Kind]: (context: StepContext, step: Extract<DirectoryStep, { kind: K }>) => Work<StepResult>;
} = {
  addUser,
  changeUser,
  setPassword,
  blockUser,
  unblockUser,
  signOutEverywhere,
  resetFactors,
  removeUser,
  addGroup: (context, { group }) => addNamed(context, 'group', group),
  changeGroup: (context, step) => changeNamed(context, 'group', step),
  removeGroup: (context, step) => removeNamed(context, 'group', step),
  addMembership,
  removeMembership,
  addAccount: (context, { account }) => addNamed(context, 'account', account),
  changeAccount: (context, step) => changeNamed(context, 'account', step),
  removeAccount: (context, step) => removeNamed(context, 'account', step),
  addPermissionSet: (context, { permissionSet }) => addNamed(context, 'permissionSet', permissionSet),
  changePermissionSet: (context, step) => changeNamed(context, 'permissionSet', step),
  removePermissionSet: (context, step) => removeNamed(context, 'permissionSet', step),
  addAssignment,
  removeAssignment,
  letGo: (context, { entry: { kind, id } }) =>
    kind === 'user' ? letUserGo(context, id) : letNamedGo(context, kind, id),
};

/** Applies a change in the caller's transaction, which takes back what an error leaves half done. */
export function* applyChange(dialect: Dialect, change: DirectoryChange): Work<ChangeOutcome> {
  if (change.id === undefined) return yield* applySteps(dialect, change);
  const id = uuidBytes(change.id);
  if (id === null)
    throw new TypeError(`Cannot apply a change with the id "${change.id}": a UUID in lower case is wanted`);
  const earlier = yield* get<{ outcome: string }>('SELECT outcome FROM directory_change WHERE id = ?', id);
  if (earlier !== undefined) return JSON.parse(earlier.outcome) as ChangeOutcome;
  const outcome = yield* applySteps(dialect, change);
  yield* run(
    'INSERT INTO directory_change (id, at_ms, source, actor, outcome) VALUES (?, ?, ?, ?, ?)',
    ...[id, change.nowMs, change.source, change.actor, JSON.stringify(outcome)],
  );
  return outcome;
}

/** Takes all steps, or none where one is refused. */
function* applySteps(dialect: Dialect, change: DirectoryChange): Work<ChangeOutcome> {
  let step = -1;
  yield* run('SAVEPOINT steps');
  try {
    const sourceRevision = yield* raiseRevision(change);
    const context = { dialect, source: change.source, actor: change.actor, nowMs: change.nowMs };
    const results: StepResult[] = [];
    for (const each of change.steps) {
      step += 1;
      results.push(yield* takeStep(context, each));
    }
    yield* run('RELEASE steps');
    return { kind: 'changed', sourceRevision, results };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield* run('ROLLBACK TO steps');
    yield* run('RELEASE steps');
    return { kind: 'refused', step, conflict: error.conflict };
  }
}

function takeStep<K extends Kind>(
  context: StepContext,
  step: Extract<DirectoryStep, { kind: K }> & { readonly kind: K },
): Work<StepResult> {
  const take = steps[step.kind];
  if (take === undefined) throw new TypeError(`Cannot change the directory: there is no step "${step.kind}"`);
  return take(context, step);
}

/** @returns the revision of the source of the change after it */
function* raiseRevision({ source, ifSourceRevision, sourceDigest, nowMs }: DirectoryChange): Work<number> {
  const before = yield* get<{ revision: number }>(
    'SELECT revision FROM directory_source WHERE name = ?',
    source,
  );
  const revision = before?.revision ?? 0;
  if (ifSourceRevision !== undefined && ifSourceRevision !== revision)
    throw new Refusal({ kind: 'outdated', revision });
  yield* run(
    `INSERT INTO directory_source (name, revision) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET revision = excluded.revision`,
    ...[source, revision + 1],
  );
  if (sourceDigest !== undefined) {
    yield* run(
      'UPDATE directory_source SET digest = ?, applied_at_ms = ? WHERE name = ?',
      ...[sourceDigest, sourceDigest === null ? null : nowMs, source],
    );
  }
  // From the first file that was applied wholly, versions are the store's own.
  if (source === 'file' && sourceDigest != null) yield* run('UPDATE directory_state SET adopts_versions = 0');
  return revision + 1;
}
