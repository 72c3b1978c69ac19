import type { Command } from 'commander';
import type { ConfigSources } from '../config/load-config.ts';

/** The sources of the configuration, by the global options of the command line. */
export function configSources(command: Command): ConfigSources {
  const { config, dataDir } = command.optsWithGlobals<{ config?: string; dataDir?: string }>();
  return {
    ...(config !== undefined && { file: config }),
    ...(dataDir !== undefined && { dataDir }),
    env: process.env,
    options: {
      ...(config !== undefined && { LATCHKEY_CONFIG: '--config' }),
      ...(dataDir !== undefined && { LATCHKEY_DATA_DIR: '--data-dir' }),
    },
    cwd: process.cwd(),
  };
}
