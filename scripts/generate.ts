// Writes the generated modules from the models: `npm run generate`. With `--check`, fails when one is out of date.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { serverModule } from '@latchkey/codegen';
import { parseModel } from '@latchkey/smithy';

const root = new URL('../', import.meta.url);
const modules = [
  { source: 'models/sso-oidc.json', target: 'packages/server/src/generated/sso-oidc.ts' },
  { source: 'models/sso.json', target: 'packages/server/src/generated/sso.ts' },
  { source: 'models/sts.json', target: 'packages/server/src/generated/sts.ts' },
  {
    source: 'packages/codegen/src/testing/weather.json',
    target: 'packages/codegen/src/generated/weather-server.ts',
  },
];
const isCheck = process.argv.includes('--check');

const outdated: string[] = [];
for (const { source, target } of modules) {
  const file = new URL(target, root);
  const text = generate(source, await readFile(new URL(source, root), 'utf8'));
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
function generate(source: string, document: string): string {
  try {
    const model = parseModel(JSON.parse(document));
    const [service, another] = model.services;
    if (service === undefined || another !== undefined) throw new Error('must have one service');
    return serverModule(model, service.id, source);
  } catch (cause) {
    throw new Error(`${source}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
