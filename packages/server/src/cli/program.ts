import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { ConfigError } from '../config/config-error.ts';
import { CommandError, exitCode } from './exit-code.ts';
import { addLazyCommands } from './lazy-commands.ts';

/** Runs one command line, and sets the exit code of the process. */
export async function run(args: readonly string[]): Promise<void> {
  process.stdout.on('error', leaveQuietly);
  try {
    // `help user add` as well as `user add --help`: Commander's own `help` would not load the command.
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
      'configuration file, instead of ./latchkey.yaml or the one in the data folder',
    )
    .option('-d, --data-dir <folder>', 'folder of the database and the keys, instead of .latchkey')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(latchkey --help says what there is)')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  latchkey serve                    start on http://localhost:8484, with an example directory the first time
  latchkey user add carol           add a user to the configuration file
  latchkey aws-config --write       set up the AWS CLI on this machine

Exit codes:
  0  it worked
  1  it failed
  2  the command line was not understood
  3  the configuration is not valid

Every setting can also be given by environment, e.g. LATCHKEY_LISTEN_PORT=8080.`,
    );
  addLazyCommands(program, {
    serve: { summary: 'start the server', load: () => import('./serve.ts') },
    check: { summary: 'say whether the configuration is valid', load: () => import('./check.ts') },
    demo: {
      summary: 'sign in once, step by step, with nobody at the keyboard',
      load: () => import('./demo.ts'),
    },
    user: { summary: 'add and change users', load: () => import('./user.ts') },
    generate: { summary: 'write a typed client of a service', load: () => import('./generate.ts') },
    services: { summary: 'list the services that have a model', load: () => import('./services.ts') },
    'aws-config': {
      summary: 'print what AWS clients need to know, or write it into ~/.aws/config',
      load: () => import('./aws-config.ts'),
    },
  });
  return program;
}

/** Whoever read the output has seen enough, as `head` does. */
function leaveQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

/** Tells the person what went wrong. @returns the exit code */
function reportError(error: unknown): number {
  // Commander has said what was wrong already, or has shown the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCode.usage;
  if (error instanceof ConfigError) {
    const count = error.problems.length === 1 ? 'one problem' : `${error.problems.length} problems`;
    console.error(`${error.message}\nThe configuration is not valid: ${count}`);
    return exitCode.invalidConfiguration;
  }
  if (error instanceof CommandError) {
    console.error(error.message);
    return error.exitCode;
  }
  console.error(error);
  return exitCode.failure;
}
