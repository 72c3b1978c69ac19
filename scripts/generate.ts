// Writes the generated modules from the models: `npm run generate`. With `--check`, fails when one is out of date.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { clientModule, serverModule } from '@latchkey/codegen';
import { type Model, parseModel, type ShapeId } from '@latchkey/smithy';

interface GeneratedModule {
  readonly source: string;
  readonly target: string;
  /** By default the server module. */
  readonly emit?: (model: Model, id: ShapeId) => string;
}

const root = new URL('../', import.meta.url);
const extensions = { typescript: '.ts', javascript: '.js', declarations: '.d.ts' };
const modules: readonly GeneratedModule[] = [
  { source: 'models/sso-oidc.json', target: 'packages/server/src/generated/sso-oidc.ts' },
  { source: 'models/sso.json', target: 'packages/server/src/generated/sso.ts' },
  { source: 'models/sts.json', target: 'packages/server/src/generated/sts.ts' },
  {
    source: 'packages/codegen/src/testing/weather.json',
    target: 'packages/codegen/src/generated/weather-server.ts',
  },
  ...(['typescript', 'javascript', 'declarations'] as const).map((language) => ({
    source: 'packages/codegen/src/testing/weather.json',
    target: `packages/codegen/src/generated/weather-client${extensions[language]}`,
    emit: (model: Model, id: ShapeId) =>
      clientModule(model, id, { docs: 'full', runtime: packageRuntime })[language],
  })),
];
const isCheck = process.argv.includes('--check');

const outdated: string[] = [];
for (const { source, target, emit = (model, id) => serverModule(model, id, source) } of modules) {
  const file = new URL(target, root);
  const text = generate(source, await readFile(new URL(source, root), 'utf8'), emit);
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

/** @throws {Error} names the model's file, and what is wrong in it */
function generate(source: string, document: string, emit: (model: Model, id: ShapeId) => string): string {
  try {
    const model = parseModel(JSON.parse(document));
    const [service, another] = model.services;
    if (service === undefined || another !== undefined) throw new Error('must have one service');
    return emit(model, service.id);
  } catch (cause) {
    throw new Error(`${source}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** As in the modules that `latchkey generate` writes. */
function packageRuntime(path: string): string {
  return path === 'mod' ? '@latchkey/client' : `@latchkey/client/${path}`;
}
