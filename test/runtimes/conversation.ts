// Talks to a service by events, the next when the last was answered, and prints the answers: conversation.ts ENDPOINT

import { ApiFactory, type Operation } from '@latchkey/client';
import { eventStreams } from '@latchkey/client/event-streams';
import { http2 } from '@latchkey/client/http2';
import { compareReadings } from '../../packages/client/src/testing/readings.ts';
import { thermostat } from '../../packages/client/src/testing/thermostat.ts';

interface Reading {
  readonly reading: { readonly room: string; readonly degrees: number };
}

const [fixedEndpoint] = process.argv.slice(2);
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' };
const factory = new ApiFactory({ region: 'eu-central-1', credentials, fixedEndpoint });
const client = factory.buildServiceClient({ ...thermostat, eventStreams, http2 });
const operation: Operation = { ...compareReadings, http2: true };

const { readable, writable } = new TransformStream<Reading, Reading>();
const said = writable.getWriter();
void said.write({ reading: { room: 'hall', degrees: 20 } });
const { readings } = await client.call<{ readings: AsyncIterable<Reading> }>(operation, {
  readings: readable,
});
for await (const { reading } of readings) {
  console.log(reading.degrees);
  void (reading.degrees < 23 ? said.write({ reading }) : said.close());
}
