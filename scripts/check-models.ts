/**
 * Generates a client from every model in a directory, and type-checks all of them as one program: `npm run check:models`.
 * `--models DIR` takes another directory than that of AWS's own models; subdirectories are searched, too.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { ApiFactory } from '@latchkey/client';
import { type ClientModule, clientModule, serviceNames, serviceReference } from '@latchkey/codegen';
import { findModels, type Model, type ModelFile, operationsOf, readModel } from '@latchkey/smithy';
import { transform } from 'esbuild';
import { showProgress } from '../packages/server/src/cli/progress-bar.ts';

/** Result of one model. */
interface Row {
  readonly file: ModelFile;
  /** Name of the module's files, without extension. */
  readonly name: string;
  operations: number;
  lines: number;
  milliseconds: number;
  readonly failures: string[];
}

const root = join(import.meta.dirname, '..');
const published = join(root, '..', 'shared', 'api-models-aws');
const runtime = join(root, 'packages', 'client', 'src');

const { values } = parseArgs({ options: { models: { type: 'string', multiple: true } } });
const directories =
  values.models ?? [published, join(root, 'models')].filter((directory) => existsSync(directory));
if (!directories.includes(published) && values.models === undefined) {
  console.log('../shared/api-models-aws is not here: only the models of this repository are checked');
}

const missing = directories.find((directory) => !existsSync(directory));
if (missing !== undefined) {
  console.error(`--models: there is no directory "${missing}"`);
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'latchkey-models-'));
try {
  await check(folder);
} finally {
  await rm(folder, { recursive: true });
}

async function check(target: string): Promise<void> {
  const startMs = performance.now();
  const rows = await generateAll(target);
  const generatedMs = performance.now();
  const unplaced = await typeCheck(target, rows);
  const checkedMs = performance.now();

  printTable(rows);
  const failed = rows.filter(({ failures }) => failures.length > 0);
  for (const { name, file, failures } of failed) {
    console.log(`\n${name}, of ${file.path}:\n${failures.slice(0, 5).join('\n')}`);
  }
  for (const line of unplaced) console.log(line);
  const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1);
  console.log(
    `\nGenerated in ${seconds(startMs, generatedMs)} s, type-checked in ${seconds(generatedMs, checkedMs)} s`,
  );
  const broken = failed.length + unplaced.length;
  console.log(`${rows.length - failed.length} passed, ${broken} failed`);
  if (rows.length === 0) console.error(`No models in ${directories.join(', ')}`);
  if (broken > 0 || rows.length === 0) process.exitCode = 1;
}

async function generateAll(target: string): Promise<readonly Row[]> {
  for (const kind of ['modules', 'declarations', 'scripts', 'calls']) await mkdir(join(target, kind));
  const files = (await Promise.all(directories.map((directory) => findModels(directory)))).flat();
  const progress = showProgress(files.length);
  const rows: Row[] = [];
  for (const [index, file] of files.entries()) {
    const name = freeName(file, rows);
    progress.advance(index, name);
    rows.push(await generate(file, name, target));
  }
  progress.end();
  return rows;
}

function freeName(file: ModelFile, rows: readonly Row[]): string {
  const wanted = `${serviceNames(file).moduleName}@${file.version}`.replaceAll(/[^\w.@-]/g, '_');
  const alike = rows.filter(({ name }) => name === wanted || name.startsWith(`${wanted}~`)).length;
  return alike === 0 ? wanted : `${wanted}~${alike}`;
}

async function generate(file: ModelFile, name: string, target: string): Promise<Row> {
  const row: Row = { file, name, operations: 0, lines: 0, milliseconds: 0, failures: [] };
  try {
    const model = await readModel(file);
    row.operations = operationsOf(model, model.getService(file.serviceId)).length;
    const startMs = performance.now();
    const module = makeModule(model, file, target);
    row.milliseconds = performance.now() - startMs;
    row.lines = module.typescript.split('\n').length - 1;
    await writeFile(join(target, 'modules', `${name}.ts`), module.typescript);
    await writeFile(join(target, 'declarations', `${name}.d.ts`), module.declarations);
    await writeFile(join(target, 'scripts', `${name}.js`), module.javascript);
    await writeFile(join(target, 'calls', `${name}.ts`), printCalls(model, file, name, target));
    if (!(await isSameProgram(module)))
      row.failures.push('its JavaScript is not its TypeScript without types');
    await load(join(target, 'scripts', `${name}.js`), serviceNames(file).className);
  } catch (error) {
    row.failures.push(error instanceof Error ? error.message : String(error));
  }
  return row;
}

function makeModule(model: Model, { serviceId }: ModelFile, target: string): ClientModule {
  const toRuntime = relative(join(target, 'modules'), runtime);
  return clientModule(model, serviceId, { docs: 'full', runtime: (path) => `${toRuntime}/${path}.ts` });
}

/** The calls and the programs that the reference shows, as one program. */
function printCalls(model: Model, file: ModelFile, name: string, target: string): string {
  const { client, symbols } = serviceReference(model, file.serviceId, {
    docs: 'none',
    runtime: (path) => `./${path}.ts`,
  });
  const calls = client.operations
    .flatMap(({ call, examples }) => [call, ...examples.map((each) => each.call)])
    .map((call) => `${call}${call.startsWith('const output') ? '\nconsole.log(output);' : ''}`);
  const programs = symbols.flatMap(({ program }) => program ?? []);
  const imported = new Map(
    programs.flatMap(({ imports }) => imports).map(({ isType, name: symbol }) => [symbol, isType]),
  );
  const names = Array.from(imported, ([symbol, isType]) => `  ${isType ? 'type ' : ''}${symbol},\n`);
  return `import { ApiFactory } from '${relative(join(target, 'calls'), runtime)}/mod.ts';
import {
  ${client.name},
${names.join('')}} from '../modules/${name}.ts';

const client = new ApiFactory({ region: 'us-east-1' }).makeNew(${client.name});
${[...calls, ...programs.map(({ statements }) => statements)].map((code) => `{\n${code}\n}\n`).join('')}`;
}

async function isSameProgram({ typescript, javascript }: ClientModule): Promise<boolean> {
  const options = { minifyWhitespace: true, target: 'es2024' } as const;
  const tsconfigRaw = { compilerOptions: { verbatimModuleSyntax: true } };
  const [fromTypes, fromScript] = await Promise.all([
    transform(typescript, { ...options, loader: 'ts', tsconfigRaw }),
    transform(javascript, { ...options, loader: 'js' }),
  ]);
  return fromTypes.code === fromScript.code;
}

/** Constructs a client, so that errors at run time are found, too. */
async function load(script: string, className: string): Promise<void> {
  const { [className]: Client } = await import(script);
  new ApiFactory({ region: 'us-east-1', credentials: 'anonymous' }).makeNew(Client);
}

/** Adds the compiler's errors to the rows of their modules. @returns errors that belong to no module */
async function typeCheck(target: string, rows: readonly Row[]): Promise<readonly string[]> {
  await writeFile(join(target, 'package.json'), '{ "type": "module" }');
  await writeFile(join(target, 'tsconfig.json'), JSON.stringify(await compilerOptions()));
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const run = promisify(execFile)(process.execPath, [tsc, '-p', target], { cwd: target, maxBuffer: 2 ** 28 });
  const { stdout, stderr } = await run.catch(
    (error: { readonly stdout: string; readonly stderr: string }) => error,
  );
  const unplaced = stderr === '' ? [] : [stderr];
  for (const line of stdout.split('\n').filter((text) => /^\S.*error TS/.test(text))) {
    const [, name] = /^(?:modules|declarations|calls)\/(.+?)(?:\.d)?\.ts\(/.exec(line) ?? [];
    const row = rows.find((each) => each.name === name);
    if (row !== undefined) row.failures.push(line);
    else if (!line.startsWith('..')) unplaced.push(line);
  }
  return unplaced;
}

/** The project's compiler options, with stricter flags added. Errors in the runtime itself are left to `npm run check`. */
async function compilerOptions(): Promise<object> {
  const own = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8'));
  return {
    compilerOptions: {
      ...own.compilerOptions,
      types: [],
      typeRoots: [],
      lib: [...own.compilerOptions.lib, 'dom', 'dom.iterable', 'dom.asynciterable'],
      noPropertyAccessFromIndexSignature: true,
      declaration: true,
      isolatedDeclarations: true,
      skipLibCheck: false,
    },
    include: ['modules', 'declarations', 'calls'],
  };
}

function printTable(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ name }) => name.length), 'service'.length);
  const line = (name: string, ...cells: readonly (string | number)[]) =>
    console.log(name.padEnd(width) + cells.map((cell) => String(cell).padStart(12)).join(''));
  line('service', 'operations', 'lines', 'ms', 'result');
  for (const { name, operations, lines, milliseconds, failures } of rows.toSorted(byName)) {
    line(name, operations, lines, milliseconds.toFixed(0), failures.length === 0 ? 'passed' : 'failed');
  }
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
  line(
    `${rows.length} services`,
    sum(({ operations }) => operations),
    sum(({ lines }) => lines),
    sum(({ milliseconds }) => milliseconds).toFixed(0),
    '',
  );
}

function byName(a: Row, b: Row): number {
  return a.name < b.name ? -1 : 1;
}
