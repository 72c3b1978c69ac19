import type { Config } from './config.ts';

/**
 * Finds, reads and checks the configuration: the file if there is one, over it the environment.
 *
 * @param sources.file - instead of `LATCHKEY_CONFIG`, `latchkey.yaml` in `cwd` or in the data folder
 * @param sources.dataDir - instead of `LATCHKEY_DATA_DIR`
 * @returns `config.file` is absent when there is no file
 * @throws {ConfigError} with every problem found
 */
export declare function loadConfig(sources: {
  readonly file?: string;
  readonly dataDir?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}): Promise<{ readonly config: Config }>;
