import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { makeFolder, runLatchkey } from './testing/child-process.ts';

const folder = makeFolder();
const models = path.join(folder, 'models');
await mkdir(models);
await copyFile(
  new URL('../../../codegen/src/testing/weather.json', import.meta.url),
  path.join(models, 'weather.json'),
);
const generate = (...args: readonly string[]) => runLatchkey(folder, ['generate', ...args]);

test('generate prints the module of a service and nothing else to standard output', async () => {
  const { code, stdout, stderr } = await generate('ssooidc', '--actions', 'CreateToken', '--docs', 'none');
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  assert.match(stdout, /^export class SSOOIDC /m);
  assert.match(stdout, / from '@latchkey\/client';/);
  assert.doesNotMatch(stdout, /registerClient\(/);
});

test('generate --out makes the folder of the file, and writes TypeScript, JavaScript or declarations by its extension', async () => {
  const { code, stderr } = await generate('sts', '--out', 'src/aws/sts.d.ts');
  assert.deepEqual({ code, stderr }, { code: 0, stderr: 'Wrote src/aws/sts.d.ts\n' });
  const text = await readFile(path.join(folder, 'src/aws/sts.d.ts'), 'utf8');
  assert.match(text, /^export declare class STS /m);
});

test('generate takes the name of a service after --models with a directory', async () => {
  const { code, stdout } = await generate('--models', models, 'weatherreports');
  assert.equal(code, 0);
  assert.match(stdout, /^export class WEATHERReports /m);
});

test('generate takes the name of a service after several --actions', async () => {
  const { code, stdout } = await generate('--actions', 'CreateToken,Start*', '--actions', 'Reg*', 'ssooidc');
  assert.equal(code, 0);
  for (const method of ['createToken', 'registerClient', 'startDeviceAuthorization']) {
    assert.match(stdout, new RegExp(`^ {2}${method}\\(`, 'm'));
  }
  assert.doesNotMatch(stdout, /createTokenWithIAM/);
});

for (const address of ['client', 'client/', 'client/mod.ts', 'client/mod.js']) {
  test(`generate --client ${address} lets the module import its runtime from there`, async () => {
    const { stdout } = await generate('sts', '--client', `http://localhost:8484/v0.4/${address}`);
    assert.match(stdout, / from 'http:\/\/localhost:8484\/v0\.4\/client\/mod\.ts';/);
    assert.match(stdout, / from 'http:\/\/localhost:8484\/v0\.4\/client\/endpoints\/\w+\.ts';/);
  });
}

test('generate writes several services into a folder, and lists those that failed', async () => {
  const { code, stderr } = await generate('sts', 'nope', 'sso', '--out', 'several');
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^Wrote 2 of 3 modules to several\nThese services could not be generated:\nnope: There is no service "nope"\./,
  );
  assert.deepEqual(await readdir(path.join(folder, 'several')), ['sso.ts', 'sts.ts']);
});

test('generate --all writes every service that has a model', async () => {
  const { code, stderr } = await generate('--all', '--models', models, '--out', 'all/');
  assert.deepEqual({ code, stderr }, { code: 0, stderr: 'Wrote 4 of 4 modules to all/\n' });
});

const mistakes: readonly (readonly [what: string, args: readonly string[], code: number, said: RegExp])[] = [
  ['no service', [], 2, /^Give the name of a service, or --all/],
  ['a name that is nearly right', ['ssoidc'], 1, /^There is no service "ssoidc"\. Did you mean ssooidc\?/],
  ['the name of a class', ['SSOOIDC'], 1, /^"SSOOIDC" is not a name of a service; did you mean ssooidc\?/],
  ['the name of a file', ['sts.ts'], 1, /did you mean sts\?/],
  ['a service without its model', ['dynamodb'], 1, /name a directory of models with --models/],
  ['a version there is none of', ['sts@2001'], 1, /^sts has no version "2001"\. It has 2011-06-15/],
  ['no operation', ['sts', '--actions', 'GetIdentity'], 1, /^No operation matches "GetIdentity"/],
  ['a level there is none of', ['sts', '--docs', 'all'], 2, /Allowed choices are none, short, full/],
  ['two services for one file', ['sts', 'sso'], 2, /^Several services need a folder/],
  ['one file for two services', ['sts', 'sso', '-o', 'two.ts'], 2, /^Several services need a folder/],
  ['all services and one more', ['sts', '--all'], 2, /^Give names of services or --all, not both: sts/],
  [
    'a file of another kind',
    ['sts', '-o', 'sts.mjs'],
    2,
    /^--out: sts\.mjs must end in \.ts, \.js or \.d\.ts/,
  ],
  ['a folder that is a file', ['sts', '-o', 'file/sts.ts'], 1, /^--out: file\/sts\.ts cannot be written: /],
  ['models that are not there', ['sts', '--models', 'nope'], 1, /^--models: .*nope cannot be read: no such/],
  ['a model for its directory', ['sts', '--models', 'file'], 1, /it is a file; give its directory/],
];
for (const [what, args, code, said] of mistakes) {
  test(`generate with ${what} fails with a message that says what to do`, async () => {
    await writeFile(path.join(folder, 'file'), '');
    const finished = await generate(...args);
    assert.equal(finished.code, code);
    assert.match(finished.stderr, said);
    assert.doesNotMatch(finished.stderr, /^ {4}at /m);
    assert.equal(finished.stdout, '');
  });
}

test('services lists the services that have a model, or those that have a word in their name or title', async () => {
  const all = await runLatchkey(folder, ['services', '--models', models]);
  assert.deepEqual(
    all.stdout.split('\n').map((line) => line.split(' ')[0]),
    ['sso', 'ssooidc', 'sts', 'weatherreports', ''],
  );
  const found = await runLatchkey(folder, ['services', '--json', 'oidc']);
  assert.deepEqual(JSON.parse(found.stdout), [
    { name: 'ssooidc', className: 'SSOOIDC', title: 'SSO OIDC', versions: ['2019-06-10'] },
  ]);
  const none = await runLatchkey(folder, ['services', 'zzz']);
  assert.deepEqual(none, {
    code: 1,
    stdout: '',
    stderr: 'No service has "zzz" in its name or title; `latchkey services` lists all\n',
  });
});

for (const command of ['generate', 'services']) {
  test(`every example in the help of ${command} works`, async () => {
    const text = await readFile(path.join(models, 'weather.json'), 'utf8');
    await mkdir(path.join(folder, 'api-models-aws'), { recursive: true });
    // Its operations are others than the example's, which is told only once all else is understood.
    const dynamodb = text.replace('"WEATHER Reports"', '"DynamoDB"').replace('"Weather"', '"A queue"');
    await writeFile(path.join(folder, 'api-models-aws/dynamodb.json'), dynamodb);
    const { stdout } = await runLatchkey(folder, [command, '--help']);
    const examples = Array.from(stdout.matchAll(/^ {2}latchkey (.*)$/gm), ([, line = '']) => line);
    assert.ok(examples.length > 1);
    for (const example of examples) {
      const args = example.replaceAll("'", '').split(' ');
      const { code, stderr } = await runLatchkey(folder, args);
      if (!stderr.startsWith('No operation matches "GetItem"'))
        assert.equal(code, 0, `${example}\n${stderr}`);
    }
  });
}
