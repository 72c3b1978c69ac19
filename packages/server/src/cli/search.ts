import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import { describeResult } from '../typed-clients/search/describe-result.ts';
import { indexServices } from '../typed-clients/search/index-services.ts';
import { search } from '../typed-clients/search/search.ts';
import { SearchIndex } from '../typed-clients/search/search-index.ts';
import { kindFilters, parseSearchQuery } from '../typed-clients/search/search-query.ts';
import { CommandError, exitCode } from './exit-code.ts';
import { modelsOption, openLibrary } from './models.ts';
import { type ProgressBar, showProgress } from './progress-bar.ts';
import { configSources } from './sources.ts';

interface SearchOptions {
  readonly models?: readonly string[];
  readonly limit: string;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .description(
      'Searches the names and documentation of all services that have a model: services, operations, types, errors, properties. The index is kept in the data folder.',
    )
    .argument('<words...>', 'what to look for')
    .addOption(modelsOption())
    .option('--limit <number>', 'most results to print, 1 to 100', '10')
    .option('--json', 'print the results as JSON')
    .addHelpText(
      'after',
      `
Filters: type:KIND (${Object.keys(kindFilters).join(', ')}), in:SERVICE
By signature: 'INPUT -> OUTPUT', names of members or types, either of them alone, several with commas

Examples:
  latchkey search put item
  latchkey search --models api-models-aws object storage
  latchkey search type:error in:ssooidc --json
  latchkey search 'RoleArn -> Credentials'
  latchkey search -- '-> Bucket'`,
    )
    .action(async (words: readonly string[], options: SearchOptions) => {
      const limit = parseLimit(options.limit);
      const index = await openIndex(command, options.models);
      try {
        const query = parseSearchQuery(words.join(' '));
        const { entries, insteadOf } = search(index, query, limit);
        for (const problem of query.problems) console.error(problem);
        if (options.json) {
          console.log(JSON.stringify(entries.map(describeResult)));
          return;
        }
        if (entries.length === 0) throw new CommandError(`Nothing found for “${words.join(' ')}”`);
        if (insteadOf !== undefined) {
          console.error(
            `Nothing has “${insteadOf.typed.join(' ')}”; results for “${insteadOf.words.join(' ')}”:`,
          );
        }
        for (const { kind, name, service, summary } of entries.map(describeResult)) {
          console.log(
            `${name}\n  ${kind}${kind === 'service' ? '' : ` of ${service}`}${summary && `: ${summary}`}`,
          );
        }
      } finally {
        index.close();
      }
    });
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 100) return limit;
  throw new CommandError(`--limit cannot be "${text}": give a number from 1 to 100`, exitCode.usage);
}

/** Opens the index of the data folder, and brings it up to date. An index with models named on the command line is not kept. */
async function openIndex(command: Command, models: readonly string[] | undefined): Promise<SearchIndex> {
  const library = await openLibrary(command, models);
  const { config } = await loadConfig(configSources(command));
  if (models === undefined) mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const index = SearchIndex.open(models === undefined ? join(config.dataDir, 'search-index.db') : ':memory:');
  let bar: ProgressBar | undefined;
  await indexServices(index, library, {
    onProgress({ done, total, moduleName }) {
      bar ??= showProgress(total);
      bar.advance(done, moduleName ?? '');
    },
    onFailure({ message, moduleName }) {
      console.error(`${moduleName} is left out: ${message}`);
    },
  });
  bar?.end();
  return index;
}
