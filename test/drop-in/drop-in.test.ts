import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Latchkey, startLatchkey } from 'latchkey/testing';
import { run } from '../interop/harness/program.ts';
import { deno } from '../runtimes/harness/runtimes.ts';
import { models, serversFolder } from '../servers/harness/folders.ts';
import { type RunningServer, startMoto } from '../servers/harness/servers.ts';
import { startStub } from './stub.ts';

/** What each program prints at its end. */
const printed: Readonly<Record<string, unknown>> = {
  bucket: [['example.com'], 1, ['one', 'two'], 0],
  elsewhere: [
    12,
    'sts sts.amazonaws.com us-east-1',
    's3 drop-in-elsewhere.s3.dualstack.us-east-1.amazonaws.com us-east-1',
    'sts sts.us-east-1.amazonaws.com us-east-1',
    's3 drop-in-elsewhere.s3.us-east-1.amazonaws.com us-east-1',
  ],
  events: [
    ['CreateKey'],
    ['2026-01-02T03:04:05.000Z'],
    ['[{"AttributeKey":"ReadOnly","AttributeValue":"false"}]'],
  ],
  instances: [0, 'running', true, true, 'string', 1, 'terminated'],
  networks: [0, 'available', 'drop-in'],
  metrics: [['load'], 0],
  objects: [0, ['bytes: hi 0', 'text: hello 0', 'text copy: hello 0'], ['NoSuchKey', 'NoSuchKey', 'string']],
  presigned: ['AKIAEXAMPLE', 'secret', null, 'us-east-1', 'photos.s3.dualstack.us-east-1.amazonaws.com'],
  prices: [
    ['AmazonEC2', 'Magnetic'],
    ['AmazonEC2', 'AmazonEC2 volumeType'],
  ],
  queues: [1, ['dear true false']],
  records: [['first', 'second'], 'number'],
  several: [12, 0, true, 0],
  tables: ['drop-in', 'grün', ['1', '2']],
  upload: [1_048_576, 11_534_336],
};

suite('programs for aws-api.deno.dev, with only the host changed, in Deno', () => {
  let latchkey: Latchkey;
  let moto: RunningServer;
  let stub: RunningServer;
  let folder = '';
  const inDeno = (...args: readonly string[]) =>
    run([deno, ...args], {
      cwd: folder,
      env: {
        HOME: folder,
        DENO_DIR: `${folder}/.deno`,
        DENO_NO_UPDATE_CHECK: '1',
        NO_COLOR: '1',
        AWS_ENDPOINT_URL: moto.url,
        AWS_ENDPOINT_URL_CLOUDTRAIL: stub.url,
        AWS_ENDPOINT_URL_PRICING: stub.url,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'secret',
        ELSEWHERE_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        ELSEWHERE_SECRET_ACCESS_KEY: 'secret',
        ELSEWHERE_REGION: '0123456789abcdef0123456789abcdef',
      },
    });

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'latchkey-drop-in-'));
    [latchkey, moto, stub] = await Promise.all([
      startLatchkey({ settings: { models: [models, path.join(serversFolder, 'models')] } }),
      startMoto(),
      startStub(),
    ]);
    await cp(path.join(import.meta.dirname, 'programs'), folder, { recursive: true });
    for (const name of (await readdir(folder)).filter((each) => each.endsWith('.ts'))) {
      const file = path.join(folder, name);
      const text = await readFile(file, 'utf8');
      await writeFile(
        file,
        text.replaceAll(/https:\/\/(?:aws-api\.deno\.dev|deno\.land)(?=\/)/g, latchkey.url),
      );
    }
  });
  after(async () => {
    await Promise.all([
      latchkey.close(),
      moto[Symbol.asyncDispose](),
      stub[Symbol.asyncDispose](),
      rm(folder, { recursive: true }),
    ]);
  });

  test('are all run, not only checked', async () => {
    const programs = (await readdir(folder)).filter((each) => each.endsWith('.ts'));
    assert.deepEqual(programs.map((each) => each.slice(0, -3)).toSorted(), Object.keys(printed).toSorted());
  });

  test('pass the type checker', async () => {
    const host = new URL(latchkey.url).host;
    const programs = (await readdir(folder)).filter((each) => each.endsWith('.ts'));
    const { exitCode, stderr } = await inDeno('check', '--quiet', `--allow-import=${host}`, ...programs);
    assert.equal(exitCode, 0, stderr);
  });

  for (const [program, expected] of Object.entries(printed)) {
    test(`do what they did: ${program}`, async () => {
      const { exitCode, stderr, stdout } = await inDeno(
        'run',
        '--quiet',
        '--no-check',
        '--allow-all',
        `${program}.ts`,
      );
      assert.equal(exitCode, 0, stderr);
      assert.deepEqual(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''), expected);
    });
  }
});
