import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { ConfigError } from '../config/config-error.ts';
import { MasterSecretError } from '../keys/read-master-secrets.ts';
import { StoreError } from '../store/postgresql/store-error.ts';
import { CommandError, exitCode } from './exit-code.ts';
import { addLazyCommands } from './lazy-commands.ts';

/** Runs one command line, and sets the exit code of the process. */
export async function run(args: readonly string[]): Promise<void> {
  process.stdout.on('error', leaveQuietly);
  try {
    // `help user add` becomes `user add --help`, because Commander's own `help` would not load the command.
    const [first, ...rest] = args;
    await defineProgram().parseAsync(first === 'help' ? [...rest, '--help'] : args, { from: 'user' });
  } catch (error) {
    process.exitCode = reportError(error);
  }
}

function defineProgram(): Command {
  const program = new Command('latchkey')
    .description('A self-hosted sign-in service that unmodified AWS CLIs and SDKs sign in against.')
    .version(manifest.version)
    .option(
      '-c, --config <file>',
      'configuration file; default: latchkey.yaml in the current folder, else in the data folder',
    )
    .option(
      '-d, --data-dir <folder>',
      'data folder, which holds the database and the keys; default: .latchkey',
    )
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(latchkey --help lists commands and options)')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  latchkey serve                    start on http://localhost:8484; the first start makes example users
  latchkey user add carol           add a user
  latchkey why alice 111122223333 ReadOnlyAccess
                                    explain why a person has a role in an account, or not
  latchkey aws-config --write       set up the AWS CLI on this machine

Exit codes:
  0    success
  1    failure
  2    the command line is not valid
  3    the configuration is not valid
  130  interrupted with Ctrl-C at a prompt

Every setting can also be set by an environment variable, e.g. LATCHKEY_LISTEN_PORT=8080.`,
    );
  addLazyCommands(program, {
    serve: { summary: 'start the server', load: () => import('./serve.ts') },
    check: { summary: 'check whether the configuration is valid', load: () => import('./check.ts') },
    demo: {
      summary: 'run a whole sign-in by itself, step by step',
      load: () => import('./demo.ts'),
    },
    backup: {
      summary: 'copy the database into a file, while the server runs',
      load: () => import('./backup.ts'),
    },
    restore: { summary: 'put a backup in place of the database', load: () => import('./restore.ts') },
    user: { summary: 'add and change people who may sign in', load: () => import('./user.ts') },
    group: { summary: 'add and change groups, and their members', load: () => import('./group.ts') },
    account: { summary: 'add and change AWS accounts', load: () => import('./account.ts') },
    'permission-set': {
      summary: 'add and change permission sets (roles)',
      load: () => import('./permission-set.ts'),
    },
    assign: {
      summary: 'assign permission sets in accounts to people and groups',
      load: () => import('./assign.ts'),
    },
    client: {
      summary: 'make the secret of a client that the configuration knows',
      load: () => import('./client.ts'),
    },
    session: {
      summary: 'list and end the sessions of people, and revoke role credentials',
      load: () => import('./session.ts'),
    },
    why: { summary: 'explain why a person has a role, or not', load: () => import('./why.ts') },
    policy: { summary: 'explain what the policy asks of a person', load: () => import('./policy.ts') },
    directory: {
      summary: 'write people, groups and assignments to a file, and read them from one',
      load: () => import('./directory.ts'),
    },
    store: {
      summary: 'set up the store in PostgreSQL, where the configuration names one',
      load: () => import('./store.ts'),
    },
    generate: { summary: 'generate a typed client of a service', load: () => import('./generate.ts') },
    init: {
      summary: 'make a TypeScript project with typed clients',
      load: () => import('./init.ts'),
    },
    services: { summary: 'list the services that have a model', load: () => import('./services.ts') },
    docs: { summary: 'write the reference as a static site', load: () => import('./docs.ts') },
    search: { summary: 'search all services', load: () => import('./search.ts') },
    'aws-config': {
      summary: 'print the configuration for AWS clients, or write it into ~/.aws/config',
      load: () => import('./aws-config.ts'),
    },
  });
  return program;
}

/** Ends without an error when the reader of the output has closed the pipe, as `head` does. */
function leaveQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

/** Prints an error for the person. @returns the exit code */
function reportError(error: unknown): number {
  // Commander has printed its message, or the help, already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCode.usage;
  if (error instanceof ConfigError) {
    const count = error.problems.length === 1 ? 'one problem' : `${error.problems.length} problems`;
    console.error(`${error.message}\nThe configuration is not valid: ${count}`);
    return exitCode.invalidConfiguration;
  }
  if (error instanceof StoreError || error instanceof MasterSecretError) {
    console.error(error.message);
    return exitCode.failure;
  }
  if (error instanceof CommandError) {
    console.error(error.message);
    return error.exitCode;
  }
  console.error(error);
  return exitCode.failure;
}
