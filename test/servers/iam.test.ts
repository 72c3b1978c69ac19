import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { EntityAlreadyExistsException, IAM, NoSuchEntityException } from '#services/iam';
import { STS } from '#services/sts';
import { apiFactory } from './harness/api-factory.ts';
import { type RunningServer, startMoto } from './harness/servers.ts';

suite('clients of IAM and STS (awsQuery), against Moto', () => {
  let server: RunningServer;
  let iam: IAM;
  before(async () => {
    server = await startMoto();
    iam = apiFactory(server).makeNew(IAM);
  });
  after(() => server[Symbol.asyncDispose]());

  test('make users, wait for them, and list them page by page', async () => {
    const names = ['alice', 'bob', 'carol'];
    for (const UserName of names) {
      await iam.createUser({ UserName, Path: '/people/', Tags: [{ Key: 'team', Value: 'a+b & c' }] });
    }
    const { User } = await iam.waitForUserExists({ UserName: 'bob' });
    assert.equal(User?.Path, '/people/');
    assert(User.CreateDate instanceof Date);
    const list = { PathPrefix: '/people/', MaxItems: 2 };
    const users = await Array.fromAsync(iam.paginateListUsers(list).items());
    assert.deepEqual(
      users.map(({ UserName }) => UserName),
      names,
    );
    const { Tags } = await iam.listUserTags({ UserName: 'alice' });
    assert.deepEqual(Tags, [{ Key: 'team', Value: 'a+b & c' }]);
  });

  test('take on a role, and are known by it', async () => {
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
    });
    const { Role } = await iam.createRole({ RoleName: 'Reader', AssumeRolePolicyDocument });
    await iam.waitForRoleExists({ RoleName: 'Reader' });
    const sts = apiFactory(server).makeNew(STS);
    const { Credentials, AssumedRoleUser } = await sts.assumeRole({
      RoleArn: Role?.Arn ?? '',
      RoleSessionName: 'alice@example.com',
      DurationSeconds: 900,
    });
    assert(Credentials?.Expiration instanceof Date);
    const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials;
    const credentials = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    };
    const identity = await apiFactory(server, { credentials }).makeNew(STS).getCallerIdentity({});
    assert.equal(identity.Arn, AssumedRoleUser?.Arn);
  });

  test('tell errors apart by their class', async () => {
    await assert.rejects(iam.getUser({ UserName: 'nobody' }), NoSuchEntityException);
    await iam.createGroup({ GroupName: 'readers' });
    const again = iam.createGroup({ GroupName: 'readers' });
    await assert.rejects(again, (error) => {
      assert(error instanceof EntityAlreadyExistsException);
      assert.equal(error.response.status, 409);
      return true;
    });
  });
});
