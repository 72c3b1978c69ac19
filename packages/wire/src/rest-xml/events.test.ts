import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventStreams } from '../event-stream/event-streams.ts';
import { archive, store } from '../fixtures/archive.ts';
import type { OperationSchema, StructureSchema } from '../schema.ts';
import { restXmlClient } from './client.ts';

const string = { type: 'string' } as const;

function structure(name: string, members: StructureSchema['members']): StructureSchema {
  return { type: 'structure', name, members };
}

const events: StructureSchema = {
  type: 'union',
  name: 'Events',
  members: {
    Records: {
      target: structure('RecordsEvent', {
        Payload: { target: { type: 'blob' }, traits: { eventPayload: true } },
      }),
    },
    Stats: {
      target: structure('StatsEvent', {
        Details: {
          target: structure('Stats', { BytesScanned: { target: { type: 'long' } } }),
          traits: { eventPayload: true },
        },
      }),
    },
    Note: { target: structure('NoteEvent', { Text: { target: string } }) },
    End: { target: structure('EndEvent', {}) },
  },
  traits: { streaming: true },
};

const select: OperationSchema = {
  ...store,
  name: 'Select',
  http: { method: 'POST', uri: '/select', code: 200 },
  input: structure('SelectInput', { Payload: { target: events, traits: { httpPayload: true } } }),
  output: structure('SelectOutput', { Payload: { target: events, traits: { httpPayload: true } } }),
};

test('events carry XML, and come back as they were', async () => {
  const client = restXmlClient(archive, { eventStreams });
  const sent = [
    { Records: { Payload: new Uint8Array([1, 2]) } },
    { Stats: { Details: { BytesScanned: 7 } } },
    { Note: { Text: 'a < b' } },
    { End: {} },
  ];
  async function* stream() {
    yield* sent;
  }
  const { headers, body } = client.renderInput(select, { Payload: stream() });
  assert.equal(headers['content-type'], 'application/vnd.amazon.eventstream');
  const { Payload } = await client.parseOutput(select, { status: 200, headers: {}, body });
  assert.deepEqual(await Array.fromAsync(Payload as AsyncIterable<unknown>), sent);
});
