import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { ServiceError } from '@latchkey/client';
import { EC2 } from '#services/ec2';
import { apiFactory } from './harness/api-factory.ts';
import { type RunningServer, startMoto } from './harness/servers.ts';

suite('a client of EC2 (ec2Query), against Moto', () => {
  let server: RunningServer;
  let ec2: EC2;
  before(async () => {
    server = await startMoto();
    ec2 = apiFactory(server).makeNew(EC2);
  });
  after(() => server[Symbol.asyncDispose]());

  test('asks for the regions it names', async () => {
    const { Regions } = await ec2.describeRegions({ RegionNames: ['eu-central-1', 'us-east-1'] });
    const names = Regions?.map(({ RegionName }) => RegionName).toSorted();
    assert.deepEqual(names, ['eu-central-1', 'us-east-1']);
    assert(Regions?.every(({ Endpoint }) => Endpoint?.startsWith('ec2.')));
  });

  test('makes a network, waits for it, finds it and removes it', async () => {
    const { Vpc } = await ec2.createVpc({
      CidrBlock: '10.1.0.0/16',
      AmazonProvidedIpv6CidrBlock: false,
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'Name', Value: 'Grüße & <co>' }] }],
    });
    const VpcId = Vpc?.VpcId ?? '';
    assert.match(VpcId, /^vpc-/);
    assert.equal(Vpc?.IsDefault, false);
    const { Vpcs } = await ec2.waitForVpcAvailable({ VpcIds: [VpcId] }, { maxWaitSeconds: 300 });
    assert.deepEqual(Vpcs?.[0]?.Tags, [{ Key: 'Name', Value: 'Grüße & <co>' }]);

    const Filters = [{ Name: 'cidr', Values: ['10.1.0.0/16', '10.9.0.0/16'] }];
    const found: unknown[] = [];
    for await (const vpc of ec2.paginateDescribeVpcs({ Filters }).items()) found.push(vpc.VpcId);
    assert.deepEqual(found, [VpcId]);
    await ec2.deleteVpc({ VpcId });
    assert.deepEqual(await Array.fromAsync(ec2.paginateDescribeVpcs({ Filters }).items()), []);
  });

  test('tells errors that are not modelled apart by their name', async () => {
    const missing = ec2.describeVpcs({ VpcIds: ['vpc-00000000'] });
    await assert.rejects(missing, (error) => {
      assert(error instanceof ServiceError);
      assert.equal(error.name, 'InvalidVpcID.NotFound');
      assert.equal(error.fault, 'client');
      return true;
    });
  });
});
