import path from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../config/load.ts';
import { ownModels } from '../modules/package-files.ts';
import { ServiceLibrary } from '../modules/service-library.ts';
import { configSources } from './sources.ts';

/** The services of the directories named on the command line, then of those configured, then Latchkey's own. */
export async function openLibrary(
  command: Command,
  directories: readonly string[] = [],
): Promise<ServiceLibrary> {
  const { config } = await loadConfig(configSources(command));
  const named = directories.map((directory) => path.resolve(directory));
  return new ServiceLibrary([...named, ...config.models, ownModels]);
}
