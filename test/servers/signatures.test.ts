import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type ApiFactory, ServiceError } from '@latchkey/client';
import { EC2 } from '#services/ec2';
import { IAM } from '#services/iam';
import { Lambda, ResourceNotFoundException } from '#services/lambda';
import { Route53 } from '#services/route53';
import { S3 } from '#services/s3';
import { SQS } from '#services/sqs';
import { SSM } from '#services/ssm';
import { apiFactory } from './harness/api-factory.ts';
import { type RunningServer, startMoto } from './harness/servers.ts';

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

suite("clients' signatures, made again by Moto with the signers of botocore", () => {
  let server: RunningServer;
  let factory: ApiFactory;
  let accessKeyId: string;
  before(async () => {
    server = await startMoto();
    const iam = apiFactory(server).makeNew(IAM);
    await iam.createUser({ UserName: 'alice' });
    const policy = { UserName: 'alice', PolicyName: 'everything', PolicyDocument: everything };
    await iam.putUserPolicy(policy);
    const { AccessKey } = await iam.createAccessKey({ UserName: 'alice' });
    accessKeyId = AccessKey.AccessKeyId;
    const credentials = { accessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
    factory = apiFactory(server, { credentials, endpointSettings: { forcePathStyle: true } });
    // From now on, every request is checked.
    await fetch(`${server.url}/moto-api/reset-auth`, { method: 'POST', body: '0' });
  });
  after(() => server[Symbol.asyncDispose]());

  test('are the same of forms', async () => {
    const { Users } = await factory.makeNew(IAM).listUsers({ PathPrefix: '/' });
    assert.deepEqual(
      Users.map(({ UserName }) => UserName),
      ['alice'],
    );
    await factory.makeNew(EC2).createVpc({ CidrBlock: '10.1.0.0/16' });
  });

  test('are the same of JSON', async () => {
    const ssm = factory.makeNew(SSM);
    await ssm.putParameter({ Name: '/a/b', Value: 'Grüße & 猫', Type: 'String' });
    assert.equal((await ssm.getParameter({ Name: '/a/b' })).Parameter?.Value, 'Grüße & 猫');
    await factory.makeNew(SQS).createQueue({ QueueName: 'queue' });
  });

  test('are the same of paths that are quoted, and quoted again to be signed', async () => {
    const tag = factory.makeNew(Lambda).tagResource({
      Resource: 'arn:aws:lambda:eu-central-1:123456789012:function:missing',
      Tags: { team: 'ü' },
    });
    await assert.rejects(tag, ResourceNotFoundException);
    await factory.makeNew(Route53).createHostedZone({ Name: 'example.com', CallerReference: 'a&b' });
  });

  for (const Key of ['cat.jpg', 'a folder//Grüße/../猫+%20?', "it's (here)!*~/=@:;,$"]) {
    test(`are the same of the object "${Key}"`, async () => {
      const s3 = factory.makeNew(S3);
      const Bucket = `bucket-${Buffer.from(Key).toString('hex').slice(0, 8)}`;
      await s3.createBucket({
        Bucket,
        CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
      });
      await s3.putObject({ Bucket, Key, Body: 'x', Metadata: { spaced: 'a   b' } });
      const Body = ReadableStream.from([new Uint8Array(70_000)]);
      await s3.putObject({ Bucket, Key, Body, ContentLength: 70_000 });
      assert.equal((await (await s3.getObject({ Bucket, Key })).Body?.bytes())?.length, 70_000);
      const { Contents } = await s3.listObjectsV2({ Bucket, Prefix: Key, Delimiter: '|' });
      assert.deepEqual(
        Contents?.map((object) => object.Key),
        [Key],
      );
    });
  }

  test('are refused where the key is another', async () => {
    const credentials = { accessKeyId, secretAccessKey: 'another' };
    const stranger = apiFactory(server, { credentials }).makeNew(IAM);
    await assert.rejects(stranger.listUsers({}), (error) => {
      assert(error instanceof ServiceError);
      assert.equal(error.name, 'SignatureDoesNotMatch');
      assert.equal(error.response.status, 403);
      return true;
    });
  });
});
