import { DynamoDB } from 'https://aws-api.deno.dev/v0.4/services/dynamodb.ts?actions=*Table,*Item,Scan,TagResource,ListTags*';
import { ApiFactory } from 'https://deno.land/x/aws_api@v0.8.1/client/mod.ts';

const dynamodb = new ApiFactory().makeNew(DynamoDB);
const TableName = 'drop-in';
const { TableDescription } = await dynamodb.createTable({
  TableName,
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  BillingMode: 'PAY_PER_REQUEST',
});
await dynamodb.waitForTableExists({ TableName });
const ResourceArn = TableDescription?.TableArn ?? '';
await dynamodb.tagResource({ ResourceArn, Tags: [{ Key: 'made-by', Value: 'drop-in' }] });
const { Tags } = await dynamodb.listTagsOfResource({ ResourceArn });
await dynamodb.putItem({ TableName, Item: { id: { S: 'a' }, raw: { B: 'grün' }, set: { SS: ['1', '2'] } } });
const { Items } = await dynamodb.scan({ TableName, Limit: 5 });
const raw = new TextDecoder().decode(Items?.[0]?.raw?.B as Uint8Array);
const { Item } = await dynamodb.getItem({ TableName, Key: { id: { S: 'a' } } });
await dynamodb.deleteItem({ TableName, Key: { id: { S: 'a' } } });
await dynamodb.deleteTable({ TableName });
await dynamodb.waitForTableNotExists({ TableName });
console.log(JSON.stringify([Tags?.[0]?.Value, raw, Item?.set?.SS]));
