/** Programs of the guide that call DynamoDB or S3. Those for Latchkey's own services run in test/client. */
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { DynamoDB } from '#services/dynamodb';
import { S3 } from '#services/s3';
import { programsOf } from '../client/documented-programs.ts';
import { run } from '../interop/harness/program.ts';
import { apiFactory } from './harness/api-factory.ts';
import { cacheFolder } from './harness/folders.ts';
import { type RunningServer, startDynalite, startMoto } from './harness/servers.ts';

const programs = await programsOf('docs/typed-clients.md');

suite('programs of docs/typed-clients.md', () => {
  const servers: Record<string, RunningServer> = {};
  const file = path.join(cacheFolder, 'services/documented-program.ts');
  before(async () => {
    servers['dynamodb'] = await startDynalite();
    servers['s3'] = await startMoto();
    const dynamodb = apiFactory(servers['dynamodb']).makeNew(DynamoDB);
    await dynamodb.createTable({
      TableName: 'notes',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    await dynamodb.waitForTableExists({ TableName: 'notes' }, { minDelaySeconds: 0.1 });
    await apiFactory(servers['s3'])
      .makeNew(S3)
      .createBucket({ Bucket: 'photos', CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } });
  });
  after(async () => {
    for (const server of Object.values(servers)) await server[Symbol.asyncDispose]();
    await rm(file, { force: true });
  });

  for (const { name, services, source } of programs) {
    const [service = ''] = services;
    if (service !== 'dynamodb' && service !== 's3') continue;
    test(`${name} runs as it is printed`, async () => {
      await writeFile(file, source);
      const env = {
        ...{ PATH: process.env['PATH'], HOME: cacheFolder, AWS_REGION: 'eu-central-1' },
        ...{ AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' },
        AWS_ENDPOINT_URL: servers[service]?.url,
      };
      const { exitCode, stdout, stderr } = await run([process.execPath, file], { cwd: cacheFolder, env });
      assert.equal(exitCode, 0, stdout + stderr);
    });
  }
});
