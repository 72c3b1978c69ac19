// Writes the generated modules from the models: `npm run generate`. With `--check`, fails when one is out of date.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { serverModule } from '@latchkey/codegen';
import { parseModel } from '@latchkey/smithy';

const root = new URL('../', import.meta.url);
const names = ['sso-oidc', 'sso', 'sts'];
const check = process.argv.includes('--check');

const outdated: string[] = [];
for (const name of names) {
  const source = `models/${name}.json`;
  const target = `packages/server/src/generated/${name}.ts`;
  const text = generate(source, JSON.parse(await readFile(new URL(source, root), 'utf8')));
  if (text === (await readFile(new URL(target, root), 'utf8').catch(() => undefined))) continue;
  if (check) {
    outdated.push(target);
  } else {
    await mkdir(new URL('.', new URL(target, root)), { recursive: true });
    await writeFile(new URL(target, root), text);
    console.log(`Wrote ${target}`);
  }
}
if (outdated.length > 0) {
  console.error(`Out of date: ${outdated.join(', ')}. Run "npm run generate" and commit what it writes.`);
  process.exitCode = 1;
}

function generate(source: string, document: unknown): string {
  const model = parseModel(document);
  const [service] = model.services;
  if (service === undefined) throw new Error(`${source}: has no service`);
  return serverModule(model, service.id, source);
}
