import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDB,
  ResourceInUseException,
  ResourceNotFoundException,
} from '#services/dynamodb';
import { apiFactory } from './harness/api-factory.ts';
import { type RunningServer, startDynalite } from './harness/servers.ts';

const pets = {
  TableName: 'Pets',
  AttributeDefinitions: [
    { AttributeName: 'Owner', AttributeType: 'S' },
    { AttributeName: 'Number', AttributeType: 'N' },
  ],
  KeySchema: [
    { AttributeName: 'Owner', KeyType: 'HASH' },
    { AttributeName: 'Number', KeyType: 'RANGE' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
};

suite('a client of DynamoDB (awsJson1_0), against Dynalite', () => {
  let server: RunningServer;
  let dynamodb: DynamoDB;
  before(async () => {
    server = await startDynalite();
    dynamodb = apiFactory(server).makeNew(DynamoDB);
    await dynamodb.createTable(pets);
    const { Table } = await dynamodb.waitForTableExists({ TableName: 'Pets' }, { minDelaySeconds: 0.1 });
    assert.equal(Table?.TableStatus, 'ACTIVE');
  });
  after(() => server[Symbol.asyncDispose]());

  const key = (number: number, owner = 'alice') => ({ Owner: { S: owner }, Number: { N: String(number) } });

  test('reads an item of every type as it was written', async () => {
    const item: { [key: string]: AttributeValue } = {
      ...key(1),
      Name: { S: 'Grüße, 猫 🐈 "\\' },
      Weight: { N: '4.25' },
      Picture: { B: Uint8Array.of(0, 127, 128, 255) },
      Nicknames: { SS: ['Mau', 'Mieze'] },
      Lives: { NS: ['7', '9'] },
      Sounds: { BS: [Uint8Array.of(1), Uint8Array.of(2, 3)] },
      Home: { M: { Street: { S: 'Hauptstraße' }, Floors: { L: [{ N: '1' }, { NULL: true }] } } },
      Asleep: { BOOL: false },
    };
    await dynamodb.putItem({ TableName: 'Pets', Item: item });
    const { Item } = await dynamodb.getItem({ TableName: 'Pets', Key: key(1), ConsistentRead: true });
    assert.deepEqual(Item, item);
  });

  test('has no item where there is none', async () => {
    assert.deepEqual(await dynamodb.getItem({ TableName: 'Pets', Key: key(404) }), {});
  });

  test('lists page by page, and item by item', async () => {
    const requests = Array.from({ length: 25 }, (_, number) => ({
      PutRequest: { Item: key(number, 'bob') },
    }));
    const { UnprocessedItems } = await dynamodb.batchWriteItem({ RequestItems: { Pets: requests } });
    assert.deepEqual(UnprocessedItems, {});
    const query = {
      TableName: 'Pets',
      KeyConditionExpression: '#owner = :bob',
      ExpressionAttributeNames: { '#owner': 'Owner' },
      ExpressionAttributeValues: { ':bob': { S: 'bob' } },
      Limit: 10,
    };
    const counts: unknown[] = [];
    for await (const { Count } of dynamodb.paginateQuery(query)) counts.push(Count);
    assert.deepEqual(counts, [10, 10, 5]);
    const numbers: unknown[] = [];
    for await (const item of dynamodb.paginateQuery(query).items()) numbers.push(item['Number']?.N);
    assert.deepEqual(
      numbers,
      Array.from({ length: 25 }, (_, number) => String(number)),
    );
  });

  test('changes an item, and says what it was', async () => {
    await dynamodb.putItem({ TableName: 'Pets', Item: { ...key(2), Visits: { N: '1' } } });
    const { Attributes } = await dynamodb.updateItem({
      TableName: 'Pets',
      Key: key(2),
      UpdateExpression: 'ADD Visits :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'UPDATED_NEW',
    });
    assert.deepEqual(Attributes, { Visits: { N: '2' } });
  });

  test('tells errors apart by their class', async () => {
    await assert.rejects(dynamodb.createTable(pets), ResourceInUseException);
    await assert.rejects(dynamodb.describeTable({ TableName: 'Missing' }), ResourceNotFoundException);
    await dynamodb.putItem({ TableName: 'Pets', Item: key(3) });
    const again = dynamodb.putItem({
      TableName: 'Pets',
      Item: key(3),
      ConditionExpression: 'attribute_not_exists(Nickname) AND attribute_not_exists(#owner)',
      ExpressionAttributeNames: { '#owner': 'Owner' },
    });
    await assert.rejects(again, (error) => {
      assert(error instanceof ConditionalCheckFailedException);
      assert(!(error instanceof ResourceInUseException));
      assert.equal(error.response.status, 400);
      return true;
    });
  });

  test('waits until a table is gone', async () => {
    await dynamodb.createTable({ ...pets, TableName: 'Gone' });
    await dynamodb.waitForTableExists({ TableName: 'Gone' }, { minDelaySeconds: 0.1 });
    await dynamodb.deleteTable({ TableName: 'Gone' });
    const error = await dynamodb.waitForTableNotExists({ TableName: 'Gone' }, { minDelaySeconds: 0.1 });
    assert(error instanceof ResourceNotFoundException);
    const tables: string[] = [];
    for await (const name of dynamodb.paginateListTables({ Limit: 1 }).items()) tables.push(name);
    assert.deepEqual(tables, ['Pets']);
  });
});
