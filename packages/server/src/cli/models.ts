import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { explainFileError } from '../config/file-error.ts';
import { loadConfig } from '../config/load.ts';
import { ownModels } from '../modules/package-files.ts';
import { ServiceLibrary } from '../modules/service-library.ts';
import { CommandError } from './exit-code.ts';
import { configSources } from './sources.ts';

/** The services of the directories named on the command line, then of those configured, then Latchkey's own. */
export async function openLibrary(
  command: Command,
  directories: readonly string[] = [],
): Promise<ServiceLibrary> {
  const { config } = await loadConfig(configSources(command));
  const named = directories.map((directory) => path.resolve(directory));
  for (const directory of named) {
    await readdir(directory).catch((error: unknown) => {
      throw new CommandError(`--models: ${directory} cannot be read: ${explainFileError(error)}`);
    });
  }
  return new ServiceLibrary([...named, ...config.models, ownModels]);
}
