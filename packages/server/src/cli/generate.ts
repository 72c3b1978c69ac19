import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ClientModule, clientModule, type DocsLevel, NoMatchingAction } from '@latchkey/codegen';
import { type Command, Option } from 'commander';
import { explainFileError } from '../files/file-error.ts';
import { HttpProblem } from '../typed-clients/http-problem.ts';
import { parseServiceName } from '../typed-clients/module-url.ts';
import type { ServiceLibrary } from '../typed-clients/service-library.ts';
import { CommandError, exitCode } from './exit-code.ts';
import { modelsOption, openLibrary } from './models.ts';
import { showProgress } from './progress-bar.ts';

interface GenerateOptions {
  readonly actions?: readonly string[];
  readonly docs: DocsLevel;
  readonly longs: 'number' | 'bigint';
  readonly out?: string;
  readonly models?: readonly string[];
  readonly all?: true;
  readonly client: string;
}

type Form = 'ts' | 'js' | 'd.ts';

const FORM = /\.(d\.ts|ts|js)$/;

export function define(command: Command): void {
  command
    .description('Generates a typed client of a service from its Smithy model, as one TypeScript module.')
    .argument(
      '[services...]',
      'names of services, as `latchkey services` lists them; with an API version: sts@2011-06-15',
    )
    .option('--all', 'every service that has a model')
    .addOption(
      new Option(
        '--actions <names>',
        'names of the operations to include, separated by commas; * stands for any characters; may be given several times; default: all',
      ).argParser((names: string, others: readonly string[] = []) => [...others, ...names.split(',')]),
    )
    .addOption(
      new Option('--docs <level>', 'amount of documentation in the module')
        .choices(['none', 'short', 'full'])
        .default('full'),
    )
    .addOption(
      new Option('--longs <type>', 'type of 64-bit integers').choices(['number', 'bigint']).default('number'),
    )
    .option(
      '-o, --out <file>',
      'file to write (.ts, .js or .d.ts), or a folder for several services; default: standard output',
    )
    .addOption(modelsOption())
    .option(
      '--client <where>',
      'package, or URL of a folder, from which the module imports its runtime, e.g. http://localhost:8484/v0.4/client',
      '@latchkey/client',
    )
    .addHelpText(
      'after',
      `
Examples:
  latchkey generate ssooidc --out src/ssooidc.ts
  latchkey generate dynamodb --models api-models-aws --actions 'GetItem,Put*' --out src/dynamodb.ts
  latchkey generate --all --models api-models-aws --out src/aws/`,
    )
    .action(async (names: readonly string[], options: GenerateOptions) => {
      if (options.all && names.length > 0) {
        throw new CommandError(
          `Give names of services or --all, not both: ${names.join(' ')}`,
          exitCode.usage,
        );
      }
      const library = await openLibrary(command, options.models);
      const wanted = options.all ? [...(await library.services()).keys()] : names;
      if (wanted.length === 0) {
        throw new CommandError(
          'Give the name of a service, or --all: `latchkey services` lists the names',
          exitCode.usage,
        );
      }
      if (isFolder(options.out, wanted)) await generateAll(library, wanted, options);
      else await generateOne(library, wanted, options);
    });
}

function isFolder(out: string | undefined, wanted: readonly string[]): boolean {
  return out !== undefined && (/[\\/]$/.test(out) || (wanted.length > 1 && !FORM.test(out)));
}

async function generateOne(
  library: ServiceLibrary,
  [name = '', another]: readonly string[],
  options: GenerateOptions,
): Promise<void> {
  const { out } = options;
  if (another !== undefined) {
    throw new CommandError('Several services need a folder: --out FOLDER/', exitCode.usage);
  }
  const form = out === undefined ? 'ts' : formOf(out);
  const text = textOf(await generate(library, name, options, form), form);
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  await write(out, text);
  console.error(`Wrote ${out}`);
}

async function generateAll(
  library: ServiceLibrary,
  wanted: readonly string[],
  options: GenerateOptions,
): Promise<void> {
  const folder = options.out ?? '.';
  const progress = showProgress(wanted.length);
  const failures: string[] = [];
  for (const [index, name] of wanted.entries()) {
    progress.advance(index, name);
    try {
      const module = await generate(library, name, options, 'ts');
      await write(path.join(folder, `${name}.ts`), module.typescript);
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  progress.end();
  console.error(`Wrote ${wanted.length - failures.length} of ${wanted.length} modules to ${folder}`);
  if (failures.length > 0)
    throw new CommandError(`These services could not be generated:\n${failures.join('\n')}`);
}

/** @throws {CommandError} */
async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new CommandError(`--out: ${file} cannot be written: ${explainFileError(error)}`);
  }
}

/** @throws {CommandError} */
async function generate(
  library: ServiceLibrary,
  name: string,
  { docs, actions, client, longs }: GenerateOptions,
  form: Form,
): Promise<ClientModule> {
  const service = parseServiceName(name);
  if (service === undefined || service.extension !== undefined) {
    const plain = name.replace(/\.(?:d\.ts|ts|js)$/, '').toLowerCase();
    throw new CommandError(
      `"${name}" is not a name of a service; did you mean ${plain}? \`latchkey services\` lists the names`,
    );
  }
  try {
    const { file } = await library.get(service);
    return clientModule(await library.read(file), file.serviceId, {
      docs,
      longs,
      ...(actions !== undefined && { actions }),
      runtime: runtimeAt(client, form),
    });
  } catch (error) {
    if (error instanceof HttpProblem) {
      const advice = error.adviceAsText
        .replace('/v0.4/services', '`latchkey services`')
        .replace('under "models" in the configuration', 'with --models');
      throw new CommandError(`${error.heading}. ${advice}`, exitCode.failure, { cause: error });
    }
    if (error instanceof NoMatchingAction) {
      throw new CommandError(error.message, exitCode.failure, { cause: error });
    }
    throw error;
  }
}

/**
 * @param client - a package name; or the URL or path of the runtime's folder, or of the `mod.ts` in it
 * @returns the import specifier of each file of the runtime
 */
function runtimeAt(client: string, form: Form): (file: string) => string {
  const extension = form === 'js' ? 'js' : 'ts';
  const base = client.replace(/(?:\/mod\.[jt]s)?\/*$/, '');
  if (/^(?:https?:|file:|\.{0,2}\/)/.test(base)) return (file) => `${base}/${file}.${extension}`;
  return (file) => (file === 'mod' ? base : `${base}/${file}`);
}

function formOf(out: string): Form {
  const [, form] = FORM.exec(out) ?? [];
  if (form !== undefined) return form as Form;
  throw new CommandError(`--out: ${out} must end in .ts, .js or .d.ts, or in / for a folder`, exitCode.usage);
}

function textOf({ typescript, javascript, declarations }: ClientModule, form: Form): string {
  if (form === 'ts') return typescript;
  return form === 'js' ? javascript : declarations;
}
