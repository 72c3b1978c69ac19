import type { Command } from 'commander';
import type { CommandDirectory } from '../control/command-directory.ts';
import { pagesOf } from '../control/pages.ts';
import type {
  AccessPath,
  AccountEntry,
  EntryOf,
  PermissionSetEntry,
  UserEntry,
} from '../store/port/directory.ts';
import { entryKey } from '../store/port/entry-key.ts';
import { stateOf } from './entries/describe-entry.ts';
import { describeSource } from './entries/explain-conflict.ts';
import { findEntry, kindNames, renderHint } from './entries/find-entry.ts';
import { locateDeclaration } from './entries/locate-declaration.ts';
import { withDirectory } from './entries/open-directory.ts';
import { printable } from './entries/render-table.ts';
import { exitCode } from './exit-code.ts';

export function define(command: Command): void {
  command
    .description(
      'Explains why a person has a role in an account: by which assignment, through which group, from which source. Or what is missing, and what to do.',
    )
    .argument('<user>', 'user name or id')
    .argument('<account>', 'id or name of the account')
    .argument('<role>', 'name of the permission set')
    .option('--json', 'print the answer as JSON')
    .addHelpText(
      'after',
      `
Exits with 0 when the person has the role and may sign in, with 1 when not.

Examples:
  latchkey why alice 111122223333 ReadOnlyAccess
  latchkey why alice Production AdministratorAccess --json`,
    )
    .action(async (user: string, account: string, role: string, { json }: { json?: true }) => {
      const answer = await withDirectory(command, ({ directory }) =>
        explain(directory, { user, account, role }),
      );
      if (json) console.log(JSON.stringify({ ...answer, lines: undefined }));
      else for (const line of answer.lines) console.log(printable(line));
      if (!answer.hasAccess) process.exitCode = exitCode.failure;
    });
}

interface Question {
  readonly user: string;
  readonly account: string;
  readonly role: string;
}

interface Answer {
  /** Whether the person can get credentials of the role after signing in. */
  readonly hasAccess: boolean;
  /** What is missing. */
  readonly missing: readonly Missing[];
  /** Every way by which the role is assigned, also where something else is missing. */
  readonly paths: readonly AccessPath[];
  /** The same for a person. */
  readonly lines: readonly string[];
}

type Missing =
  | 'user'
  | 'account'
  | 'permissionSet'
  | 'assignment'
  /** The person is blocked. */
  | 'unblocked'
  /** The source has disabled the person, or does not have the person any more. */
  | 'enabled'
  /** The person cannot sign in with a password. */
  | 'password';

async function explain(directory: CommandDirectory, question: Question): Promise<Answer> {
  const user = await findEntry(directory, 'user', question.user);
  const account = await findEntry(directory, 'account', question.account);
  const set = await findEntry(directory, 'permissionSet', question.role);
  if (user === undefined || account === undefined || set === undefined) {
    return explainUnknown(directory, question, { user, account, permissionSet: set });
  }
  const paths = await directory.explainAccess(user.id, account.id, set.name);
  const state = await explainState(directory, user);
  const missing = [...(paths.length === 0 ? (['assignment'] as const) : []), ...state.missing];
  const role = `${set.name} in ${account.id} (${account.name})`;
  const lines =
    paths.length === 0
      ? [
          `${user.userName} does not have ${role}: it is not assigned`,
          ...(await adviseAssignment(directory, user, account, set)),
        ]
      : [
          `${user.userName} ${state.missing.length === 0 ? 'has' : 'is assigned'} ${role}:`,
          ...(await Promise.all(paths.map((path) => describePath(directory, path, user)))).flat(),
        ];
  return { hasAccess: missing.length === 0, missing, paths, lines: [...lines, ...state.lines] };
}

async function explainUnknown(
  directory: CommandDirectory,
  question: Question,
  found: Readonly<Record<'user' | 'account' | 'permissionSet', object | undefined>>,
): Promise<Answer> {
  const names = { user: question.user, account: question.account, permissionSet: question.role };
  const missing = (['user', 'account', 'permissionSet'] as const).filter((kind) => found[kind] === undefined);
  const lines = missing.map(
    async (kind) =>
      `There is no ${kindNames[kind]} "${names[kind]}"${await renderHint(directory, kind, names[kind])}`,
  );
  return { hasAccess: false, missing, paths: [], lines: await Promise.all(lines) };
}

/** What keeps a person from signing in, and how to change it. */
async function explainState(
  directory: CommandDirectory,
  user: UserEntry,
): Promise<{ readonly missing: readonly Missing[]; readonly lines: readonly string[] }> {
  const { userName, source } = user;
  switch (stateOf(user)) {
    case 'blocked': {
      const since = new Date(user.blocked?.atMs ?? 0).toISOString();
      const line = `${userName} is blocked, by ${user.blocked?.by} since ${since}: latchkey user unblock ${userName}`;
      return { missing: ['unblocked'], lines: [line] };
    }
    case 'left':
      return {
        missing: ['enabled'],
        lines: [
          `${userName} is not in ${describeSource(source)} any more, and so is disabled: add ${userName} there again, or here with \`latchkey user add ${userName} --store\``,
        ],
      };
    case 'disabled': {
      const where =
        source === 'file'
          ? await locateDeclaration(directory, { kind: 'user', id: user.id, name: userName })
          : describeSource(source);
      const how = source === 'file' || source === 'command' ? `: latchkey user enable ${userName}` : '';
      return { missing: ['enabled'], lines: [`${userName} is disabled by ${where}${how}`] };
    }
    case 'no password':
      return source.startsWith('provider:')
        ? { missing: [], lines: [] }
        : {
            missing: ['password'],
            lines: [
              `${userName} has no password, and so cannot sign in with one: latchkey user passwd ${userName}`,
            ],
          };
    case 'enabled':
      return { missing: [], lines: [] };
  }
}

async function describePath(
  directory: CommandDirectory,
  { assignment, group, membership }: AccessPath,
  { userName }: UserEntry,
): Promise<readonly string[]> {
  const kind = 'userId' in assignment.principal ? 'userAssignment' : 'groupAssignment';
  const assignedBy = await describeOrigin(directory, kind, assignment);
  if (group === undefined || membership === undefined) return [`  assigned to ${userName}, by ${assignedBy}`];
  return [
    `  assigned to the group ${group.name}, by ${assignedBy}`,
    `    ${userName} is a member of ${group.name}, by ${await describeOrigin(directory, 'membership', membership)}`,
  ];
}

async function describeOrigin<K extends 'membership' | 'userAssignment' | 'groupAssignment'>(
  directory: CommandDirectory,
  kind: K,
  entry: EntryOf[K],
): Promise<string> {
  if (entry.source !== 'file') return describeSource(entry.source);
  return locateDeclaration(directory, { kind, id: entryKey(kind, entry) });
}

/** The most groups that are named. */
const NAMED_GROUPS = 5;

/** The nearest thing to do: join a group that has the role, or assign it. */
async function adviseAssignment(
  directory: CommandDirectory,
  { userName }: UserEntry,
  { id: accountId }: AccountEntry,
  { id: permissionSetId, name: role }: PermissionSetEntry,
): Promise<readonly string[]> {
  const groups: string[] = [];
  for await (const page of pagesOf(directory, 'groupAssignment', { of: { accountId } })) {
    const having = page.filter((assignment) => assignment.permissionSetId === permissionSetId);
    groups.push(...having.map(({ principalName }) => principalName));
    if (groups.length >= NAMED_GROUPS) break;
  }
  const join = groups
    .slice(0, NAMED_GROUPS)
    .map((group) => `  The group ${group} has it: latchkey group add-member ${quote(group)} ${userName}`);
  return [
    ...join,
    `  To assign it: latchkey assign add --user ${userName} --account ${accountId} --permission-set ${role}`,
  ];
}

/** Quotes a name for a shell. */
function quote(name: string): string {
  return /^[\w@%+=:,./-]+$/.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`;
}
