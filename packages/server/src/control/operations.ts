import * as v from 'valibot';
import { addressBlock } from '../config/setting-types.ts';
import { stepSchema } from '../directory/step-schema.ts';
import { LINK_SECONDS } from '../links/make-link.ts';
import { MAX_STEPS } from '../store/port/directory-change.ts';
import { type CommandDirectory, MAX_PAGE } from './command-directory.ts';

/**
 * The version of the protocol between commands and a running server. It rises when a command of one release would not
 * understand a server of another.
 */
export const CONTROL_VERSION = 1;

/** The path of an operation: `/control/1/listEntries`. The body of a request is the JSON list of its arguments. */
export function operationPath(operation: Operation): string {
  return `/control/${CONTROL_VERSION}/${operation}`;
}

/** The most bytes of a request: 100 steps fit in. */
export const MAX_REQUEST_BYTES = 1024 * 1024;

export type Operation = keyof CommandDirectory;

/** Why a request was refused. */
export type ControlFault =
  | 'badRequest'
  | 'tooLarge'
  /** The server speaks another version of the protocol. */
  | 'otherVersion'
  /** The store cannot be reached. */
  | 'unavailable'
  /** The server failed; its log says why. */
  | 'failed';

/** The body of an answer. `result` is absent for `undefined`. */
export type ControlAnswer =
  | { readonly result?: unknown }
  | {
      readonly fault: ControlFault;
      readonly message: string;
      /** The release of the server. */
      readonly release: string;
    };

const text = (maxLength: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(maxLength));
const id = text(64);
const name = text(256);

const many = <Schema extends v.GenericSchema>(item: Schema) => v.pipe(v.array(item), v.maxLength(MAX_PAGE));

const page = v.strictObject({
  /** Name keys grow by compatibility decomposition. */
  after: v.exactOptional(text(8_192)),
  limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PAGE)),
  of: v.exactOptional(
    v.strictObject({
      userId: v.exactOptional(id),
      groupId: v.exactOptional(id),
      accountId: v.exactOptional(id),
      permissionSetId: v.exactOptional(id),
    }),
  ),
});

const instant = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8_640_000_000_000_000));
const kind = v.picklist(['browser', 'program']);
const rowId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const session = v.strictObject({ kind, id: rowId });

const search = v.strictObject({
  kind,
  userId: v.exactOptional(id),
  client: v.exactOptional(name),
  address: v.exactOptional(addressBlock('An IP address or CIDR block.')),
  begunBeforeMs: v.exactOptional(instant),
  usedBeforeMs: v.exactOptional(instant),
  before: v.exactOptional(rowId),
  limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PAGE)),
});

/** The arguments of each operation. */
const argumentsOf = {
  describe: v.strictTuple([]),
  countEntries: v.strictTuple([]),
  findEntries: v.strictTuple([
    v.picklist(['user', 'group', 'account', 'permissionSet']),
    v.union([v.strictObject({ ids: many(id) }), v.strictObject({ names: many(name) })]),
  ]),
  findPasswordHashes: v.strictTuple([many(id)]),
  listFactors: v.strictTuple([id]),
  listEntries: v.strictTuple([
    v.picklist([
      'user',
      'group',
      'membership',
      'account',
      'permissionSet',
      'userAssignment',
      'groupAssignment',
    ]),
    page,
  ]),
  explainAccess: v.strictTuple([id, id, name]),
  searchSessions: v.strictTuple([search]),
  findSession: v.strictTuple([session]),
  endSession: v.strictTuple([session, text(256)]),
  revokeRole: v.strictTuple([
    v.strictObject({ accountId: v.pipe(v.string(), v.regex(/^\d{12}$/)), roleName: text(64) }),
    v.strictObject({ beforeMs: v.exactOptional(instant), actor: text(256) }),
  ]),
  makeLink: v.strictTuple([
    v.strictObject({
      userId: id,
      purpose: v.picklist(['sign-in', 'password', 'factor']),
      lifetimeSeconds: v.pipe(
        v.number(),
        v.integer(),
        v.minValue(LINK_SECONDS.least),
        v.maxValue(LINK_SECONDS.most),
      ),
      actor: text(256),
      byMail: v.exactOptional(v.boolean()),
    }),
  ]),
  findLinkOf: v.strictTuple([id]),
  revokeLink: v.strictTuple([id, text(256)]),
  changeDirectory: v.strictTuple([
    v.strictObject({
      id: v.pipe(v.string(), v.uuid()),
      actor: text(256),
      steps: v.pipe(v.array(stepSchema), v.minLength(1), v.maxLength(MAX_STEPS)),
    }),
  ]),
} satisfies { readonly [O in Operation]: v.GenericSchema<unknown, Parameters<CommandDirectory[O]>> };

/** A request is not as the operation needs it. The message says where, and what was expected; it quotes nothing. */
export class ControlRequestError extends Error {
  override readonly name = 'ControlRequestError';
}

export function isOperation(name: string): name is Operation {
  return Object.hasOwn(argumentsOf, name);
}

/**
 * Carries out what a command asks for.
 *
 * @param json - the arguments, as they came
 * @throws {ControlRequestError}
 */
export async function callOperation(
  directory: CommandDirectory,
  operation: Operation,
  json: string,
): Promise<unknown> {
  const { success, output, issues } = v.safeParse(argumentsOf[operation], parseJson(json), {
    abortEarly: true,
  });
  if (success) return Reflect.apply(directory[operation], directory, output);
  const [issue] = issues;
  const path = v.getDotPath(issue);
  // Messages of ours say what was expected; those of Valibot quote what came, which may be a secret.
  const expected = issue.message.startsWith('Invalid ') ? (issue.expected ?? 'another value') : issue.message;
  throw new ControlRequestError(`${operation}: ${path === null ? '' : `${path}: `}expected ${expected}`);
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new ControlRequestError('The request is not JSON');
  }
}
