import type { ApiMetadata } from '../api-metadata.ts';
import { standardEndpoints } from '../endpoints/standard.ts';
import type { Operation } from '../operation.ts';
import { restJson1 } from '../protocols/rest-json1.ts';
import { ServiceError } from '../service-error.ts';

const string = { type: 'string' } as const;

/** A modelled error of the thermostat service. */
export class TooColdException extends ServiceError {
  declare readonly degrees?: number | null;
}

/** A small service for tests: one signed operation, one without signature, one that streams in both directions. */
export const thermostat: ApiMetadata = {
  serviceId: 'Home Thermostat',
  service: { name: 'Thermostat', namespace: 'example.thermostat', version: '2026-01-01' },
  signingName: 'thermostat',
  protocol: restJson1,
  endpoints: standardEndpoints({ prefix: 'thermostat' }),
  errors: { TooColdException },
};

const errors: Operation['errors'] = [
  {
    type: 'structure',
    name: 'TooColdException',
    fault: 'client',
    status: 400,
    members: { degrees: { target: { type: 'integer' } }, message: { target: string } },
  },
  {
    type: 'structure',
    name: 'ValveStuckException',
    fault: 'server',
    status: 409,
    retryable: { throttling: false },
    members: {},
  },
];

export const setTemperature: Operation = {
  name: 'SetTemperature',
  http: { method: 'POST', uri: '/rooms/{room}', code: 200 },
  auth: ['sigv4'],
  errors,
  input: {
    type: 'structure',
    name: 'SetTemperatureRequest',
    members: {
      room: { target: string, traits: { httpLabel: true, required: true } },
      degrees: { target: { type: 'integer' } },
    },
  },
  output: {
    type: 'structure',
    name: 'SetTemperatureResponse',
    members: { degrees: { target: { type: 'integer' } } },
  },
};

export const getTemperature: Operation = {
  ...setTemperature,
  name: 'GetTemperature',
  http: { method: 'GET', uri: '/rooms/{room}', code: 200 },
  auth: [],
  input: {
    type: 'structure',
    name: 'GetTemperatureRequest',
    members: { room: { target: string, traits: { httpLabel: true, required: true } } },
  },
};

const blob = { type: 'blob', traits: { streaming: true } } as const;

export const updateFirmware: Operation = {
  name: 'UpdateFirmware',
  http: { method: 'PUT', uri: '/firmware', code: 200 },
  auth: ['sigv4'],
  unsignedPayload: true,
  errors,
  input: {
    type: 'structure',
    name: 'UpdateFirmwareRequest',
    members: { image: { target: blob, traits: { httpPayload: true } } },
  },
  output: {
    type: 'structure',
    name: 'UpdateFirmwareResponse',
    members: { log: { target: blob, traits: { httpPayload: true } } },
  },
};
