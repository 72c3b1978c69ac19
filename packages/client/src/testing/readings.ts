import type { StructureSchema } from '@latchkey/wire';
import { eventDocuments } from '@latchkey/wire/event-stream/event-documents';
import { jsonDocuments } from '@latchkey/wire/json/document';
import type { Operation } from '../operation.ts';

const reading: StructureSchema = {
  type: 'structure',
  name: 'Reading',
  members: {
    room: { target: { type: 'string' }, traits: { eventHeader: true } },
    degrees: { target: { type: 'integer' } },
  },
};
const tooCold = {
  type: 'structure',
  name: 'TooColdException',
  fault: 'client',
  status: 400,
  members: { degrees: { target: { type: 'integer' } }, message: { target: { type: 'string' } } },
} as const;
/** Event stream between a thermostat and its users. */
export const readings: StructureSchema = {
  type: 'union',
  name: 'Readings',
  members: { reading: { target: reading }, tooCold: { target: tooCold } },
  traits: { streaming: true },
};
const streaming: StructureSchema = {
  type: 'structure',
  name: 'Stream',
  members: { readings: { target: readings, traits: { httpPayload: true } } },
};
/** An operation with events in both directions. */
export const compareReadings: Operation = {
  name: 'CompareReadings',
  http: { method: 'POST', uri: '/readings', code: 200 },
  auth: ['sigv4'],
  errors: [],
  input: streaming,
  output: streaming,
};

/** Reads and writes events, as the service does. */
export const documents = eventDocuments(jsonDocuments('server', { jsonNames: true }));
