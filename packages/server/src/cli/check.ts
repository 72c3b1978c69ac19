import type { Command } from 'commander';
import { ConfigError, type ConfigProblem, renderProblem } from '../config/config-error.ts';
import { DirectoryGuard, type Verdict } from '../config/directory-guard.ts';
import { describeLargeChange, waysToConfirm } from '../config/explain-refusal.ts';
import { judgeForCommand } from '../config/judge-for-command.ts';
import {
  CONFIG_FILE,
  type ConfigSources,
  displayPath,
  type LoadedConfig,
  loadConfig,
} from '../config/load-config.ts';
import { readStoredDirectory } from '../config/stored-directory.ts';
import { findUnknownNames } from '../config/unknown-names.ts';
import { nameKey } from '../directory/name-key.ts';
import { explainFileError } from '../files/file-error.ts';
import { ownModels } from '../typed-clients/package-files.ts';
import { ServiceLibrary } from '../typed-clients/service-library.ts';
import { CommandError, exitCode } from './exit-code.ts';
import { configSources } from './sources.ts';

export function define(command: Command): void {
  command
    .description('Checks whether the configuration is valid, without starting the server.')
    .option('--json', 'print the result as JSON')
    .option(
      '--confirm',
      'confirm that the configuration may end the access of many people, which a server refuses without',
    )
    .addHelpText(
      'after',
      `
Checks the file and the LATCHKEY_ environment variables together. Lists every problem, with its line in the file.

A server refuses a change that ends the access of more than ten people, and of more than a tenth of all. --confirm, with the
data folder of the server, lets it take this change, and no other; without --confirm the command says whether that is wanted.

Examples:
  latchkey check
  latchkey check --config team.yaml --json
  latchkey check --config /etc/latchkey/latchkey.yaml --data-dir /var/lib/latchkey --confirm`,
    )
    .action(async ({ json, confirm = false }: { json?: true; confirm?: boolean }) => {
      const sources = { ...configSources(command), isServing: true };
      await (json === undefined ? checkForPerson(sources, confirm) : checkForScript(sources, confirm));
    });
}

/** @throws {ConfigError} also when there is nothing to check: neither a file nor users in environment variables */
async function load(sources: ConfigSources): Promise<LoadedConfig> {
  const loaded = await loadConfig(sources);
  const { file, dataDir } = loaded.config;
  if (file !== undefined || loaded.directory.users.length > 0) return loaded;
  const message = `there is no such file in ${sources.cwd}, nor in the data folder ${dataDir}, so nothing was checked: name the file with --config, or start \`latchkey serve\`, which writes an example`;
  throw new ConfigError([{ source: CONFIG_FILE, message }]);
}

async function checkForPerson(sources: ConfigSources, confirm: boolean): Promise<void> {
  const loaded = await load(sources);
  const verdict = await judge(loaded, confirm);
  const { config } = loaded;
  const { users, groups, accounts, permissionSets, assignments } = countEntries(loaded);
  const { services } = await countServices(config);
  const subject =
    config.file === undefined
      ? 'There is no configuration file; the environment variables are'
      : `${displayPath(config.file, sources.cwd)} is`;
  const directory = `users: ${users}, groups: ${groups}, accounts: ${accounts}, permission sets: ${permissionSets}, assignments: ${assignments}`;
  const clients = services === undefined ? '' : `, services: ${services}`;
  console.log(`${subject} valid (${directory}${clients})`);
  for (const warning of await findWarnings(loaded)) console.log(`Warning: ${renderProblem(warning)}`);
  for (const line of explainChange(loaded, verdict, sources, confirm)) console.log(line);
}

/** Names that are no fault, as other sources may have them later, and are perhaps misspelt. */
async function findWarnings({
  config,
  directory,
  problemAt,
}: LoadedConfig): Promise<readonly ConfigProblem[]> {
  const declared = { group: directory.groups, permissionSet: directory.permissionSets };
  const isDeclared = (kind: keyof typeof declared, key: string) =>
    declared[kind].some(({ name }) => nameKey(name) === key);
  const undeclared = await findUnknownNames(config, async (kind, name) => isDeclared(kind, nameKey(name)));
  if (undeclared.length === 0) return [];
  // Where the store cannot be read, nobody knows what it has.
  await using stored = await readStoredDirectory(config).catch(() => null);
  if (stored === null) return [];
  const unknown = await findUnknownNames(config, async (kind, name) => {
    const key = nameKey(name);
    return isDeclared(kind, key) || (await stored?.reader.findEntry(kind, { nameKey: key })) !== undefined;
  });
  return unknown.map(({ path, message }) => problemAt(path, message));
}

/** Judges as a server with this data folder does, after the change is confirmed if that is wanted. */
async function judge(loaded: LoadedConfig, confirm: boolean): Promise<Verdict> {
  const guard = DirectoryGuard.open(loaded.config.dataDir, console.error);
  const verdict = await judgeForCommand(loaded, guard, console.error);
  if (verdict.kind !== 'refused' || !confirm) return verdict;
  try {
    guard.confirmHere(verdict.change);
  } catch (error) {
    const reason = explainFileError(error);
    throw new CommandError(
      `It cannot be confirmed in ${loaded.config.dataDir}: ${reason}. Run this as the user who runs the server`,
    );
  }
  return judgeForCommand(loaded, guard, console.error);
}

function explainChange(
  loaded: LoadedConfig,
  verdict: Verdict,
  sources: ConfigSources,
  confirm: boolean,
): readonly string[] {
  if (verdict.kind === 'empty') {
    return [`A server refuses it, because it has no settings at all. To remove everybody, write: users: []`];
  }
  if (verdict.kind === 'refused') {
    const { command, what, line } = waysToConfirm(verdict.change, loaded, sources);
    return [
      `A server refuses it: it ${describeLargeChange(verdict.change)}.`,
      `If that is meant, run \`${command}\` on the machine of the server, or ${what}:`,
      ...['', `    ${line}`],
    ];
  }
  if (verdict.confirmed !== undefined) {
    const summary = `it ${describeLargeChange(verdict.confirmed)}.`;
    return [
      `Confirmed: ${summary}`,
      'A running server takes it within seconds, otherwise the next start does.',
    ];
  }
  return confirm ? ['There is nothing to confirm.'] : [];
}

async function checkForScript(sources: ConfigSources, confirm: boolean): Promise<void> {
  try {
    const loaded = await load(sources);
    const { config } = loaded;
    const { file, dataDir, baseUrl } = config;
    const counts = { ...countEntries(loaded), ...(await countServices(config)) };
    const largeChange = summarizeChange(await judge(loaded, confirm));
    const warnings = await findWarnings(loaded);
    const found = warnings.length > 0 && { warnings };
    console.log(JSON.stringify({ valid: true, file, dataDir, baseUrl, ...counts, ...largeChange, ...found }));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.log(JSON.stringify({ valid: false, problems: error.problems }));
    process.exitCode = exitCode.invalidConfiguration;
  }
}

/** What a script needs to know of a change that a server refuses until it is confirmed. */
function summarizeChange(verdict: Verdict) {
  if (verdict.kind === 'empty') return { change: { refused: true } };
  const change = verdict.kind === 'refused' ? verdict.change : verdict.confirmed;
  if (change === undefined) return {};
  const { name, people, ended } = change;
  return { change: { refused: verdict.kind === 'refused', confirmedChange: name, people, ended } };
}

function countEntries({ directory }: LoadedConfig) {
  return {
    users: directory.users.length,
    groups: directory.groups.length,
    accounts: directory.accounts.length,
    permissionSets: directory.permissionSets.length,
    assignments: directory.assignments.length,
  };
}

/** Counts the services only when directories of models are configured: a wrong directory shows by a low number. */
async function countServices({ models }: LoadedConfig['config']): Promise<{ readonly services?: number }> {
  if (models.length === 0) return {};
  const services = await new ServiceLibrary([...models, ownModels]).services();
  return { services: services.size };
}
