import path from 'node:path';
import type { Command } from 'commander';
import { createBrand } from '../branding/brand.ts';
import { loadConfig } from '../config/load-config.ts';
import { explainFileError } from '../files/file-error.ts';
import { HttpProblem } from '../typed-clients/http-problem.ts';
import { presentAs } from '../typed-clients/pages/html-page.ts';
import { ReferenceLibrary } from '../typed-clients/reference/reference-library.ts';
import { createRenderer } from '../typed-clients/renderer.ts';
import type { ServiceLibrary } from '../typed-clients/service-library.ts';
import { FolderInUse, SiteFolder } from '../typed-clients/static-site/site-folder.ts';
import { writeSite } from '../typed-clients/static-site/write-site.ts';
import { counted } from './counted.ts';
import { CommandError, exitCode } from './exit-code.ts';
import { modelsOption, openLibrary } from './models.ts';
import { type ProgressBar, showProgress } from './progress-bar.ts';
import { configSources } from './sources.ts';

interface DocsOptions {
  readonly out: string;
  readonly base: string;
  readonly models?: readonly string[];
}

export function define(command: Command): void {
  command
    .description(
      'Writes the reference of services as a static site, with its search: the pages that the server shows. It is opened from a file or any web server; modules are linked at the configured baseUrl.',
    )
    .argument('[services...]', 'names of services, as `latchkey services` lists them; default: all')
    .requiredOption(
      '-o, --out <folder>',
      'folder to write: a new or empty one, or one that this command wrote',
    )
    .option('--base <path>', 'path at which the site will be served, for its page of what is not found', '/')
    .addOption(modelsOption())
    .addHelpText(
      'after',
      `
Examples:
  latchkey docs --out site
  latchkey docs --models api-models-aws --out site dynamodb s3`,
    )
    .action(async (names: readonly string[], { base, models, out }: DocsOptions) => {
      const { config } = await loadConfig(configSources(command));
      const library = (await openLibrary(command, models)).only(names);
      await assertKnown(library, names);
      const folder = await openFolder(path.resolve(out));
      const brand = createBrand(config.branding);
      presentAs(brand);
      const failures: string[] = [];
      let bar: ProgressBar | undefined;
      try {
        await writeSite(
          {
            renderer: createRenderer({ ...config, brand, searchIndex: ':memory:' }, library),
            library,
            references: new ReferenceLibrary(library),
            folder,
            brand,
            baseUrl: config.baseUrl,
            basePath: base.endsWith('/') ? base : `${base}/`,
          },
          {
            onProgress(done, total, what) {
              bar ??= showProgress(total);
              bar.advance(done, what);
            },
            onFailure: (what, message) => failures.push(`${what}: ${message}`),
          },
        );
      } catch (error) {
        if (!(error instanceof Error && 'code' in error)) throw error;
        throw new CommandError(`--out: ${out} cannot be written: ${explainFileError(error)}`);
      } finally {
        bar?.end();
      }
      console.error(`Wrote ${counted(folder.count, 'file')} to ${out}`);
      if (failures.length > 0)
        throw new CommandError(`These services were left out:\n${failures.join('\n')}`);
    });
}

/** @throws {CommandError} */
async function assertKnown(library: ServiceLibrary, names: readonly string[]): Promise<void> {
  for (const name of names) {
    try {
      await library.get({ name });
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error;
      throw new CommandError(`${error.heading}; \`latchkey services\` lists the names`, exitCode.failure, {
        cause: error,
      });
    }
  }
}

/** @throws {CommandError} */
async function openFolder(folder: string): Promise<SiteFolder> {
  try {
    return await SiteFolder.open(folder);
  } catch (error) {
    const reason = error instanceof FolderInUse ? error.message : `${folder}: ${explainFileError(error)}`;
    throw new CommandError(`--out: ${reason}`, exitCode.failure, { cause: error });
  }
}
