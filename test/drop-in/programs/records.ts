import { ApiFactory } from 'https://aws-api.deno.dev/v0.3/client/mod.ts';
import { Kinesis } from 'https://aws-api.deno.dev/v0.3/services/kinesis.ts?docs=none&includeOpts=yes';

const kinesis = new ApiFactory({ region: 'us-east-1' }).makeNew(Kinesis);
const StreamName = 'drop-in';
await kinesis.createStream({ StreamName, ShardCount: 1 });
await kinesis.waitForStreamExists({ StreamName });
await kinesis.putRecords({
  StreamName,
  Records: [
    { PartitionKey: 'a', Data: 'first' },
    { PartitionKey: 'b', Data: new TextEncoder().encode('second') },
  ],
});
const { Shards } = await kinesis.listShards({ StreamName });
const { ShardIterator } = await kinesis.getShardIterator({
  StreamName,
  ShardId: Shards![0].ShardId,
  ShardIteratorType: 'TRIM_HORIZON',
});
const { Records, MillisBehindLatest } = await kinesis.getRecords({ ShardIterator: ShardIterator! });
const behind: number | null | undefined = MillisBehindLatest;
await kinesis.deleteStream({ StreamName });
await kinesis.waitForStreamNotExists({ StreamName });
console.log(JSON.stringify([Records.map(({ Data }) => new TextDecoder().decode(Data)), typeof behind]));
