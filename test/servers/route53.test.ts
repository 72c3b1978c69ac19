import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { HostedZoneNotEmpty, InvalidChangeBatch, NoSuchHostedZone, Route53 } from '#services/route53';
import { apiFactory } from './harness/api-factory.ts';
import { type RunningServer, startMoto } from './harness/servers.ts';

suite('a client of Route 53 (restXml), against Moto', () => {
  let server: RunningServer;
  let route53: Route53;
  before(async () => {
    server = await startMoto();
    route53 = apiFactory(server).makeNew(Route53);
  });
  after(() => server[Symbol.asyncDispose]());

  const createZone = async (Name: string) => {
    const HostedZoneConfig = { Comment: 'cats & <dogs>', PrivateZone: false };
    const { HostedZone } = await route53.createHostedZone({ Name, CallerReference: Name, HostedZoneConfig });
    return HostedZone;
  };

  test('takes the ID of a zone as it was answered, and without what it begins with', async () => {
    const { Id, Config } = await createZone('example.com');
    assert.match(Id, /^\/hostedzone\//);
    assert.equal(Config?.Comment, 'cats & <dogs>');
    for (const id of [Id, Id.replace('/hostedzone/', '')]) {
      assert.equal((await route53.getHostedZone({ Id: id })).HostedZone.Name, 'example.com.');
    }
  });

  test('changes records, waits until the change is everywhere, and lists them', async () => {
    const { Id } = await createZone('example.net');
    const record = {
      Name: 'www.example.net.',
      Type: 'A',
      TTL: 60,
      ResourceRecords: [{ Value: '192.0.2.1' }, { Value: '192.0.2.2' }],
    };
    const { ChangeInfo } = await route53.changeResourceRecordSets({
      HostedZoneId: Id,
      ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet: record }] },
    });
    assert(ChangeInfo.SubmittedAt instanceof Date);
    const waited = await route53.waitForResourceRecordSetsChanged({ Id: ChangeInfo.Id });
    assert.equal(waited.ChangeInfo.Status, 'INSYNC');
    const { ResourceRecordSets } = await route53.listResourceRecordSets({ HostedZoneId: Id });
    const [found] = ResourceRecordSets.filter(({ Type }) => Type === 'A');
    assert.deepEqual({ ...found, TTL: Number(found?.TTL) }, record);
    await assert.rejects(route53.deleteHostedZone({ Id }), HostedZoneNotEmpty);
  });

  test('lists zones page by page, and one by one', async () => {
    for (const name of ['a.example', 'b.example', 'c.example']) await createZone(name);
    const pages = await Array.fromAsync(route53.paginateListHostedZones({ MaxItems: 2 }));
    assert(pages.length > 1);
    const zones = await Array.fromAsync(route53.paginateListHostedZones({ MaxItems: 2 }).items());
    const names = zones.map(({ Name }) => Name).filter((name) => name.endsWith('.example.'));
    assert.deepEqual(names.toSorted(), ['a.example.', 'b.example.', 'c.example.']);
  });

  test('tells errors apart by their class', async () => {
    await assert.rejects(route53.getHostedZone({ Id: 'MISSING' }), NoSuchHostedZone);
    const { Id: HostedZoneId } = await createZone('example.org');
    const ResourceRecordSet = {
      Name: 'www.elsewhere.example.',
      Type: 'A',
      TTL: 1,
      ResourceRecords: [{ Value: '192.0.2.1' }],
    };
    const ChangeBatch = { Changes: [{ Action: 'CREATE', ResourceRecordSet }] };
    await assert.rejects(route53.changeResourceRecordSets({ HostedZoneId, ChangeBatch }), InvalidChangeBatch);
  });
});
