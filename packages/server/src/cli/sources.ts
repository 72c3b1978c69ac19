import type { Command } from 'commander';
import type { ConfigSources } from '../config/load-config.ts';

/** Where a command finds the configuration, as its global options say. */
export function configSources(command: Command): ConfigSources {
  const { config, dataDir } = command.optsWithGlobals<{ config?: string; dataDir?: string }>();
  return {
    ...(config !== undefined && { file: config }),
    ...(dataDir !== undefined && { dataDir }),
    env: process.env,
    cwd: process.cwd(),
  };
}
