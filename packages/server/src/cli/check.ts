import type { Command } from 'commander';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { type ConfigSources, displayPath, loadConfig } from '../config/load-config.ts';
import { ownModels } from '../typed-clients/package-files.ts';
import { ServiceLibrary } from '../typed-clients/service-library.ts';
import { exitCode } from './exit-code.ts';
import { configSources } from './sources.ts';

export function define(command: Command): void {
  command
    .description('Checks whether the configuration is valid, without starting the server.')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Checks the file and the LATCHKEY_ environment variables together. Lists every problem, with its line in the file.

Examples:
  latchkey check
  latchkey check --config team.yaml --json`,
    )
    .action(async ({ json }: { json?: true }) => {
      const sources = configSources(command);
      await (json === undefined ? checkForPerson(sources) : checkForScript(sources));
    });
}

async function checkForPerson(sources: ConfigSources): Promise<void> {
  const { config } = await loadConfig(sources);
  const { users, groups, accounts, permissionSets, assignments } = countEntries(config);
  const { services } = await countServices(config);
  const subject =
    config.file === undefined
      ? 'There is no configuration file; the default settings are'
      : `${displayPath(config.file, sources.cwd)} is`;
  const directory = `users: ${users}, groups: ${groups}, accounts: ${accounts}, permission sets: ${permissionSets}, assignments: ${assignments}`;
  const clients = services === undefined ? '' : `, services: ${services}`;
  console.log(`${subject} valid (${directory}${clients})`);
}

async function checkForScript(sources: ConfigSources): Promise<void> {
  try {
    const { config } = await loadConfig(sources);
    const { file, dataDir, baseUrl } = config;
    const counts = { ...countEntries(config), ...(await countServices(config)) };
    console.log(JSON.stringify({ valid: true, file, dataDir, baseUrl, ...counts }));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.log(JSON.stringify({ valid: false, problems: error.problems }));
    process.exitCode = exitCode.invalidConfiguration;
  }
}

function countEntries({ directory }: Config) {
  return {
    users: directory.users.length,
    groups: directory.groups.length,
    accounts: directory.accounts.length,
    permissionSets: directory.permissionSets.length,
    assignments: directory.assignments.length,
  };
}

/** Counts the services only when directories of models are configured: a wrong directory shows by a low number. */
async function countServices({ models }: Config): Promise<{ readonly services?: number }> {
  if (models.length === 0) return {};
  const services = await new ServiceLibrary([...models, ownModels]).services();
  return { services: services.size };
}
