import { type Command, Option } from 'commander';
import {
  type AwsConfig,
  describeForAws,
  renderAwsConfig,
  renderAwsEnvironment,
  renderStartUrl,
} from '../aws-config/aws-config.ts';
import { renderEnvironment, type Shell, shells, UnquotableError } from '../aws-config/environment-lines.ts';
import { defaultSectionNames } from '../aws-config/section-names.ts';
import { SharedConfigError } from '../aws-config/shared-config-error.ts';
import { writeBlock } from '../aws-config/write-block.ts';
import { findInstanceId } from '../config/instance-id.ts';
import { displayPath, loadConfig } from '../config/load-config.ts';
import { readAssignedRoles } from './aws-config/assigned-roles.ts';
import { type Choice, chooseAccounts } from './aws-config/choose-accounts.ts';
import { sharedConfigPath } from './aws-config/shared-config-path.ts';
import { withKnownDirectory } from './aws-config/with-known-directory.ts';
import { CommandError } from './exit-code.ts';
import { configSources } from './sources.ts';

interface AwsConfigOptions extends Choice {
  readonly write?: true;
  readonly file?: string;
  readonly all?: true;
  readonly sessionName?: string;
  readonly servicesName?: string;
  readonly profileSuffix?: string;
  readonly env?: Shell;
  readonly json?: true;
}

/** Options that choose one role. */
const ONE_ROLE = ['profile', 'account', 'role'];

/** Options about sections. They have no meaning with `--env`, which prints none. */
const OF_SECTIONS = [...ONE_ROLE, 'user', 'all', 'sessionName', 'servicesName', 'profileSuffix'];

export function define(command: Command): void {
  command
    .description(
      'Prints what to put into ~/.aws/config, so that AWS clients sign in here, or puts it there with --write.',
    )
    .option('--write', 'put it into the file, in the place of what an earlier --write has put there')
    .option('--file <path>', 'the file to write, instead of $AWS_CONFIG_FILE or ~/.aws/config')
    .addOption(
      new Option(
        '--all',
        'a profile for every account and role that is assigned to anyone; the default',
      ).conflicts([...ONE_ROLE, 'user']),
    )
    .option('--user <name>', 'only what is assigned to this person')
    .option('--account <id>', 'one profile: for this account, instead of the first that is assigned')
    .option(
      '--role <name>',
      'one profile: for this role, instead of the first that is assigned in the account',
    )
    .option('--profile <name>', 'one profile: of this name, instead of the one that the role has everywhere')
    .addOption(
      new Option(
        '--profile-suffix <text>',
        'what the names of profiles end in, instead of @ and the host (nothing for localhost:8484)',
      ).conflicts('profile'),
    )
    .option(
      '--session-name <name>',
      'name of the sso-session section, instead of the host (latchkey for localhost:8484)',
    )
    .option('--services-name <name>', 'name of the services section, instead of that of the sso-session')
    .addOption(
      new Option(
        '--env [shell]',
        'print commands of a shell that set the endpoints, for clients that ignore them in the file',
      )
        .choices(shells)
        .preset('sh')
        .conflicts([...OF_SECTIONS, 'json', 'write', 'file']),
    )
    .addOption(new Option('--json', 'print everything as JSON').conflicts(['write', 'file']))
    .addHelpText(
      'after',
      `
Examples:
  latchkey aws-config --write                 once, and again whenever accounts or roles have changed
  latchkey aws-config --write --user alice
  latchkey aws-config --profile dev --account 111122223333 --role ReadOnlyAccess
  eval "$(latchkey aws-config --env)"
  latchkey aws-config --env=fish | source
  latchkey aws-config --env=powershell | Out-String | Invoke-Expression
  for /f "delims=" %c in ('latchkey aws-config --env=cmd') do %c

Then: aws sso login --profile <one of the profiles>

What --write has put into the file stands between two comment lines that name the instance; it changes nothing else there.`,
    )
    .action(async (options: AwsConfigOptions) => {
      if (options.file !== undefined && !options.write) {
        command.error("error: option '--file <path>' says where to write: it needs --write");
      }
      checkNames(options);
      const awsConfig = await describe(command, options);
      if (options.write) await write(awsConfig, options);
      else if (options.env !== undefined) process.stdout.write(renderVariables(awsConfig, options.env));
      else if (options.json) console.log(renderJson(awsConfig));
      else process.stdout.write(renderAwsConfig(awsConfig));
    });
}

/**
 * Collects what AWS clients need to know of the instance, with the profiles that the options ask for.
 *
 * @throws {CommandError} when the id or the address of the instance is not known, or there is no such role
 */
async function describe(command: Command, options: AwsConfigOptions): Promise<AwsConfig> {
  const loaded = await loadConfig(configSources(command));
  const { config } = loaded;
  const instanceId = await findInstanceId(config);
  if (instanceId === undefined) {
    throw new CommandError('The instance has no id yet: run `latchkey serve` once, or set instance.id');
  }
  if (new URL(config.baseUrl).port === '0') {
    throw new CommandError(
      'The address of the instance is not known, as listen.port is 0 and every start takes a free port: set listen.port, or baseUrl',
    );
  }
  const defaults = defaultSectionNames(config.baseUrl);
  const session = options.sessionName ?? defaults.session;
  const names = {
    session,
    services: options.servicesName ?? (options.sessionName === undefined ? defaults.services : session),
    profileSuffix: options.profileSuffix ?? defaults.profileSuffix,
  };
  // `--env` prints endpoints alone: they are the same for everyone, also before anything is assigned.
  const accounts =
    options.env === undefined
      ? chooseAccounts(
          await withKnownDirectory(command, loaded, instanceId, (directory) =>
            readAssignedRoles(directory, options.user),
          ),
          options,
        )
      : [];
  const awsConfig = describeForAws({ instanceId, config }, accounts, names);
  const { profile } = options;
  if (profile === undefined) return awsConfig;
  return { ...awsConfig, profiles: awsConfig.profiles.map((each) => ({ ...each, name: profile })) };
}

/** Puts the block into the file, and says what changed in it. */
async function write(awsConfig: AwsConfig, options: AwsConfigOptions): Promise<void> {
  const file = sharedConfigPath(options.file, process.env);
  const name = displayPath(file, process.cwd());
  const { outcome, changes, unreadable } = await writeBlock(file, awsConfig).catch((error: unknown) => {
    if (!(error instanceof SharedConfigError)) throw error;
    throw new CommandError(`${error.message}. Nothing was written`);
  });
  for (const fault of unreadable) {
    console.error(`The AWS CLI cannot read ${printable(fault)}`);
  }
  if (outcome === 'unchanged') {
    console.log(`${name} is up to date`);
    return;
  }
  for (const line of changes) console.log(printable(line));
  const verb = outcome === 'added' ? 'Added' : 'Changed';
  console.log(`\n${verb} the block of ${awsConfig.instanceId} in ${name}`);
  console.log(`Sign in: aws sso login --profile ${awsConfig.profiles[0]?.name}`);
}

/** Replaces control characters: a line of the file could hold commands to the terminal. */
function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
}

function renderVariables(awsConfig: AwsConfig, shell: Shell): string {
  try {
    return renderEnvironment(shell, renderAwsEnvironment(awsConfig));
  } catch (error) {
    if (error instanceof UnquotableError) throw new CommandError(error.message);
    throw error;
  }
}

function renderJson(awsConfig: AwsConfig): string {
  return JSON.stringify({
    ...awsConfig,
    startUrl: renderStartUrl(awsConfig),
    environment: renderAwsEnvironment(awsConfig),
    config: renderAwsConfig(awsConfig),
  });
}

/**
 * Checks the names of sections. Only characters are allowed that every AWS client reads in the heading of a section, and that
 * need no quotes in a shell.
 *
 * @throws {CommandError}
 */
function checkNames({ profile, sessionName, servicesName, profileSuffix }: AwsConfigOptions): void {
  const characters = 'letters, digits and any of _.@:+-';
  const names = {
    'a profile': profile,
    'an sso-session section': sessionName,
    'a services section': servicesName,
  };
  for (const [kind, name] of Object.entries(names)) {
    if (name !== undefined && !/^[\w.@:+][\w.@:+-]{0,127}$/.test(name)) {
      throw new CommandError(
        `The name of ${kind} consists of 1 to 128 ${characters}, and does not begin with a hyphen`,
      );
    }
  }
  if (profileSuffix !== undefined && !/^[\w.@:+-]{0,128}$/.test(profileSuffix)) {
    throw new CommandError(`The suffix of profiles consists of at most 128 ${characters}`);
  }
}
