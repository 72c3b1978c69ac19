import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  attribute,
  batchGetAll,
  batchWriteAll,
  type Document,
  type DocumentClient,
  DynamoNumber,
  documentClient,
  expression,
  expressionInput,
  unmarshall,
} from '@latchkey/client/extras/dynamodb';
import { metadataOf } from '@latchkey/client/metadata';
import { FakeApiFactory } from '@latchkey/client/testing';
import { ConditionalCheckFailedException, DynamoDB } from '#services/dynamodb';
import { apiFactory } from './harness/api-factory.ts';
import { type RunningServer, startDynalite } from './harness/servers.ts';

const TableName = 'Notes';

suite('a document client of DynamoDB, against Dynalite', () => {
  let server: RunningServer;
  let notes: DocumentClient<DynamoDB>;
  before(async () => {
    server = await startDynalite();
    notes = documentClient(DynamoDB, apiFactory(server));
    await notes.createTable({
      TableName,
      AttributeDefinitions: [
        { AttributeName: 'owner', AttributeType: 'S' },
        { AttributeName: 'number', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'owner', KeyType: 'HASH' },
        { AttributeName: 'number', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    });
    await notes.waitForTableExists({ TableName }, { minDelaySeconds: 0.1 });
  });
  after(() => server[Symbol.asyncDispose]());

  test('reads an item of every type as it was written, numbers of any size exactly', async () => {
    const item = {
      ...{ owner: 'alice', number: 1 },
      text: 'Grüße, 猫',
      small: -0.25,
      large: 2n ** 64n,
      precise: new DynamoNumber('0.1000000000000000000000000000000000001'),
      bytes: Uint8Array.of(0, 255),
      none: null,
      done: false,
      tags: new Set(['a', 'b']),
      sizes: new Set([1, 2n ** 63n]),
      pictures: new Set([Uint8Array.of(1)]),
      list: [1, 'two', [true], { three: 3 }],
      map: { deep: { deeper: [null] } },
    };
    const output = await notes.putItem({ TableName, Item: item });
    assert.equal(metadataOf(output)?.status, 200);
    const { Item } = await notes.getItem({ TableName, Key: { owner: 'alice', number: 1 } });
    const large: Document | undefined = Item?.['large'];
    assert.equal(large, 2n ** 64n);
    const sorted = (value: unknown) =>
      value instanceof Set ? [...value].toSorted((a, b) => (String(a) < String(b) ? -1 : 1)) : value;
    for (const [name, value] of Object.entries(item))
      assert.deepEqual(sorted(Item?.[name]), sorted(value), name);
  });

  test('takes expressions with names that DynamoDB reserves, paths into lists, and conditions of several parts', async () => {
    const Key = { owner: 'alice', number: 7 };
    const [size, lines] = [attribute('size'), attribute('a.b', 'lines', 0)];
    await notes.putItem({ TableName, Item: { ...Key, size: 1, 'a.b': { lines: ['old'] } } });
    const isSmall = expression`${size} < ${10} AND ${lines} = ${'old'}`;
    const change = expressionInput({
      UpdateExpression: expression`SET ${lines} = ${'new'} ADD ${size} ${1}`,
      ConditionExpression: expression`attribute_exists(${attribute('owner')}) AND (${isSmall})`,
    });
    const update = () => notes.updateItem({ TableName, Key, ...change, ReturnValues: 'ALL_NEW' });
    assert.deepEqual((await update()).Attributes, { ...Key, size: 2, 'a.b': { lines: ['new'] } });
    await assert.rejects(update, ConditionalCheckFailedException);
    const { Items } = await notes.query({
      TableName,
      ...expressionInput({
        KeyConditionExpression: expression`${attribute('owner')} = ${'alice'} AND ${attribute('number')} = ${7}`,
        ProjectionExpression: expression`${size}, ${lines}`,
      }),
    });
    assert.deepEqual(Items, [{ size: 2, 'a.b': { lines: ['new'] } }]);
  });

  test('takes plain values in expressions, and gives them of updates', async () => {
    const Key = { owner: 'alice', number: 2 };
    await notes.putItem({ TableName, Item: { ...Key, visits: 1, labels: new Set(['old']) } });
    const { Attributes } = await notes.updateItem({
      ...{ TableName, Key, ReturnValues: 'ALL_NEW' },
      UpdateExpression: 'SET visits = visits + :one ADD labels :new',
      ExpressionAttributeValues: { ':one': 1, ':new': new Set(['fresh']) },
    });
    assert.equal(Attributes?.['visits'], 2);
    assert.deepEqual(Attributes?.['labels'], new Set(['fresh', 'old']));
  });

  test('writes and reads more items than one request takes, and goes through them page by page', async () => {
    const items = Array.from({ length: 130 }, (_, number) => ({
      owner: 'bob',
      number,
      text: `note ${number}`,
    }));
    await batchWriteAll(
      notes,
      TableName,
      items.map((put) => ({ put })),
    );
    const keys = items.map(({ number, owner }) => ({ number, owner }));
    const read = await Array.fromAsync(
      batchGetAll(notes, TableName, [...keys, { owner: 'nobody', number: 1 }]),
    );
    const byNumber = (a: { [key: string]: Document }, b: { [key: string]: Document }) =>
      Number(a['number']) - Number(b['number']);
    assert.deepEqual(read.toSorted(byNumber), items);

    const query = {
      TableName,
      KeyConditionExpression: '#owner = :owner',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: { ':owner': 'bob' },
      Limit: 50,
    } as const;
    const lastKeys: unknown[] = [];
    for await (const page of notes.paginateQuery(query)) lastKeys.push(page.LastEvaluatedKey?.['number']);
    assert.deepEqual(lastKeys, [49, 99, undefined]);
    const texts: unknown[] = [];
    for await (const item of notes.paginateQuery(query).items()) texts.push(item['text']);
    assert.equal(texts.at(-1), 'note 129');
    await batchWriteAll(
      notes,
      TableName,
      keys.map((key) => ({ delete: key })),
    );
    assert.equal((await notes.query(query)).Count, 0);
  });

  test('writes and reads in transactions', async () => {
    const Key = { owner: 'carol', number: 1 };
    const { Responses } = await new FakeNotes().both(Key);
    assert.deepEqual(Responses, [{ Item: { ...Key, text: 'x' } }]);
  });

  test('refuses a class by name, with the place in the input, and sends nothing', async () => {
    const Item = { owner: 'alice', number: 3, at: [new Date()] };
    await assert.rejects(notes.putItem({ TableName, Item }), {
      code: 'badInput',
      message: /^Cannot marshall \/Item\/at\/0: found a Date/,
    });
  });

  test('throws the errors of the module, whose items unmarshall reads', async () => {
    const Item = { owner: 'dave', number: 1 };
    await notes.putItem({ TableName, Item });
    const again = notes.putItem({
      TableName,
      Item,
      ConditionExpression: 'attribute_not_exists(visits) AND visits = :v',
      ExpressionAttributeValues: { ':v': 1 },
    });
    await assert.rejects(again, (error) => {
      assert(error instanceof ConditionalCheckFailedException);
      assert.deepEqual(unmarshall(error.Item ?? {}), {});
      return true;
    });
  });
});

/** Transactions, which Dynalite does not know, by a fake service. */
class FakeNotes {
  readonly #fake = new FakeApiFactory().answer(DynamoDB, {
    transactWriteItems: ({ TransactItems }) => {
      assert.deepEqual(TransactItems[0]?.Put?.Item, {
        owner: { S: 'carol' },
        number: { N: '1' },
        text: { S: 'x' },
      });
      return {};
    },
    transactGetItems: ({ TransactItems }) => ({
      Responses: [{ Item: { ...TransactItems[0]?.Get?.Key, text: { S: 'x' } } }],
    }),
  });

  async both(Key: { owner: string; number: number }) {
    const notes = documentClient(DynamoDB, this.#fake);
    await notes.transactWriteItems({ TransactItems: [{ Put: { TableName, Item: { ...Key, text: 'x' } } }] });
    return notes.transactGetItems({ TransactItems: [{ Get: { TableName, Key } }] });
  }
}
