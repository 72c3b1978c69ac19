// Writes the modules that are generated from the models and from the source of the runtime: `npm run generate`. With `--check`,
// fails when one is out of date.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { clientModule, serverModule } from '@latchkey/codegen';
import { type Model, parseModel, type ShapeId } from '@latchkey/smithy';
import { build } from 'esbuild';
import { extractRuntimeReference } from './runtime-reference/extract.ts';

interface GeneratedModule {
  readonly target: string;
  readonly generate: () => string | Promise<string>;
}

const root = new URL('../', import.meta.url);
const weather = 'packages/codegen/src/testing/weather.json';
const modules = [
  server('models/sso-oidc.json', 'packages/server/src/generated/sso-oidc.ts'),
  server('models/sso.json', 'packages/server/src/generated/sso.ts'),
  server('models/sts.json', 'packages/server/src/generated/sts.ts'),
  server(weather, 'packages/codegen/src/generated/weather-server.ts'),
  client(weather, 'packages/codegen/src/generated/weather-client.ts', 'typescript'),
  client(weather, 'packages/codegen/src/generated/weather-client.js', 'javascript'),
  client(weather, 'packages/codegen/src/generated/weather-client.d.ts', 'declarations'),
  { target: 'packages/server/src/generated/runtime-reference.ts', generate: runtimeReference },
  script('packages/server/src/web/reference-script', 'reference.js'),
  script('packages/server/src/typed-clients/static-site/browser', 'site-search.js'),
];
const isCheck = process.argv.includes('--check');

const outdated: string[] = [];
for (const { generate, target } of modules) {
  const file = new URL(target, root);
  const text = await generate();
  if (text === (await readFile(file, 'utf8').catch(() => undefined))) continue;
  outdated.push(target);
  if (isCheck) continue;
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, text);
  console.log(`Wrote ${target}`);
}
if (isCheck && outdated.length > 0) {
  console.error(
    `Generated modules out of date: ${outdated.join(', ')}. Run "npm run generate", and commit what it writes.`,
  );
  process.exitCode = 1;
}

/** @throws {Error} names the model's file and the fault in it */
async function fromModel(source: string, emit: (model: Model, id: ShapeId) => string): Promise<string> {
  const document = await readFile(new URL(source, root), 'utf8');
  try {
    const model = parseModel(JSON.parse(document));
    const [service, another] = model.services;
    if (service === undefined || another !== undefined) throw new Error('must have one service');
    return emit(model, service.id);
  } catch (cause) {
    throw new Error(`${source}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function server(source: string, target: string): GeneratedModule {
  return { target, generate: () => fromModel(source, (model, id) => serverModule(model, id, source)) };
}

function client(
  source: string,
  target: string,
  language: 'typescript' | 'javascript' | 'declarations',
): GeneratedModule {
  const runtime = (path: string) => (path === 'mod' ? '@latchkey/client' : `@latchkey/client/${path}`);
  const emit = (model: Model, id: ShapeId) => clientModule(model, id, { docs: 'full', runtime })[language];
  return { target, generate: () => fromModel(source, emit) };
}

function runtimeReference(): string {
  const symbols = extractRuntimeReference(new URL('packages/', root));
  return `// Generated from the source of packages/client and packages/wire. Do not edit.
import type { RuntimeSymbol } from '../typed-clients/runtime-reference/runtime-symbol.ts';

export const runtimeSymbols: readonly RuntimeSymbol[] = [
${symbols.map((symbol) => `  ${JSON.stringify(symbol)},\n`).join('')}];
`;
}

/** A script of pages: `main.js` of a folder and what it imports, as one file, which a page of a file can load, too. */
function script(folder: string, name: string): GeneratedModule {
  return {
    target: `packages/server/src/web/assets/generated/${name}`,
    async generate() {
      const { outputFiles } = await build({
        entryPoints: [fileURLToPath(new URL(`${folder}/main.js`, root))],
        ...{ bundle: true, write: false, minify: true, format: 'iife', target: 'es2022', charset: 'utf8' },
      });
      return `// Generated from ${folder}. Do not edit.\n${outputFiles[0]?.text ?? ''}`;
    },
  };
}
