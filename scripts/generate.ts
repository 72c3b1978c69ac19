// Writes the generated modules from the models: `npm run generate`. With `--check`, fails when one is out of date.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { clientModule, serverModule } from '@latchkey/codegen';
import { type Model, parseModel, type ShapeId } from '@latchkey/smithy';

interface GeneratedModule {
  readonly source: string;
  readonly target: string;
  readonly emit: (model: Model, id: ShapeId) => string;
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
];
const isCheck = process.argv.includes('--check');

const outdated: string[] = [];
for (const { source, target, emit } of modules) {
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

/** @throws {Error} names the model's file and the fault in it */
function generate(source: string, document: string, emit: GeneratedModule['emit']): string {
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
  return { source, target, emit: (model, id) => serverModule(model, id, source) };
}

function client(
  source: string,
  target: string,
  language: 'typescript' | 'javascript' | 'declarations',
): GeneratedModule {
  const runtime = (path: string) => (path === 'mod' ? '@latchkey/client' : `@latchkey/client/${path}`);
  return {
    source,
    target,
    emit: (model, id) => clientModule(model, id, { docs: 'full', runtime })[language],
  };
}
