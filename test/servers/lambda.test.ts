import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { IAM } from '#services/iam';
import { Lambda, ResourceConflictException, ResourceNotFoundException } from '#services/lambda';
import { apiFactory } from './harness/api-factory.ts';
import { type RunningServer, startMoto } from './harness/servers.ts';

// A ZIP archive without files.
const ZipFile = Uint8Array.from([0x50, 0x4b, 5, 6, ...Array<number>(18).fill(0)]);

suite('a client of Lambda (restJson1), against Moto', () => {
  let server: RunningServer;
  let lambda: Lambda;
  let Role: string;
  before(async () => {
    server = await startMoto();
    const factory = apiFactory(server);
    lambda = factory.makeNew(Lambda);
    const role = {
      RoleName: 'functions',
      AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
    };
    Role = (await factory.makeNew(IAM).createRole(role)).Role?.Arn ?? '';
  });
  after(() => server[Symbol.asyncDispose]());

  const create = (FunctionName: string) =>
    lambda.createFunction({
      FunctionName,
      Role,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile },
      Environment: { Variables: { GREETING: 'Grüße' } },
      Timeout: 7,
    });

  test('makes functions, waits for them, and lists them page by page', async () => {
    const names = Array.from({ length: 3 }, (_, number) => `list-${number}`);
    for (const name of names) await create(name);
    const { Configuration } = await lambda.waitForFunctionActiveV2({ FunctionName: 'list-1' });
    assert.equal(Configuration?.Timeout, 7);
    assert.deepEqual(Configuration.Environment?.Variables, { GREETING: 'Grüße' });
    assert.equal(Number(Configuration.CodeSize), ZipFile.length);
    const listed = await Array.fromAsync(lambda.paginateListFunctions({ MaxItems: 2 }).items());
    assert.deepEqual(
      listed.map(({ FunctionName }) => FunctionName),
      names,
    );
  });

  test('puts names that need quoting into the path', async () => {
    const Resource = (await create('tagged')).FunctionArn ?? '';
    await lambda.tagResource({ Resource, Tags: { 'a b/c': 'd&e=ü' } });
    const { Tags } = await lambda.listTags({ Resource });
    assert.deepEqual(Tags, { 'a b/c': 'd&e=ü' });
    await lambda.untagResource({ Resource, TagKeys: ['a b/c', 'x'] });
    assert.deepEqual((await lambda.listTags({ Resource })).Tags, {});
  });

  test('tells errors apart by their class', async () => {
    await assert.rejects(lambda.getFunction({ FunctionName: 'missing' }), (error) => {
      assert(error instanceof ResourceNotFoundException);
      assert.equal(error.response.status, 404);
      return true;
    });
    await create('once');
    await assert.rejects(create('once'), ResourceConflictException);
    await lambda.deleteFunction({ FunctionName: 'once' });
    await assert.rejects(lambda.getFunction({ FunctionName: 'once' }), ResourceNotFoundException);
  });
});
