import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import { explainFileError } from '../files/file-error.ts';
import { ownModels } from '../typed-clients/package-files.ts';
import { ServiceLibrary } from '../typed-clients/service-library.ts';
import { CommandError } from './exit-code.ts';
import { configSources } from './sources.ts';

/** The option takes one directory, so that the next argument can be the name of a service. */
export function modelsOption(): Option {
  return new Option(
    '--models <directory>',
    'directory of Smithy models, besides the configured ones; may be given several times',
  ).argParser((directory: string, others: readonly string[] = []) => [...others, directory]);
}

/** The services of the directories named on the command line, then of those configured, then Latchkey's own. */
export async function openLibrary(
  command: Command,
  directories: readonly string[] = [],
): Promise<ServiceLibrary> {
  const { config } = await loadConfig(configSources(command));
  const named = directories.map((directory) => path.resolve(directory));
  for (const directory of named) {
    await readdir(directory).catch((error: unknown) => {
      const reason = isOfFile(error) ? 'it is a file; give its directory' : explainFileError(error);
      throw new CommandError(`--models: ${directory} cannot be read: ${reason}`);
    });
  }
  return new ServiceLibrary([...named, ...config.models, ownModels]);
}

function isOfFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOTDIR';
}
