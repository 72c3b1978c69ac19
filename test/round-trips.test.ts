import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serviceSchema } from '@latchkey/codegen';
import { createServerProtocol, type ProtocolName, type ServiceSchema } from '@latchkey/wire';
import { received, wholeClient } from '@latchkey/wire/fixtures/messages';
import { clients } from './protocols/clients.ts';
import { answered, check, inputOf, isAmbiguous } from './round-trips/check.ts';
import { readService, services, skip } from './round-trips/models.ts';

/** Protocols that bind members to HTTP speak of operations that are bound. */
function protocolsOf({ operations }: ServiceSchema): readonly ProtocolName[] {
  const isBound = Object.values(operations).every(({ http }) => http !== undefined);
  const rpc = ['awsJson1_0', 'awsJson1_1', 'rpcv2Cbor', 'awsQuery', 'ec2Query'] as const;
  return isBound ? [...rpc, 'restJson1', 'restXml'] : rpc;
}

for (const name of services) {
  describe(`whatever is sent to ${name}, and answered, arrives as it was`, { skip }, () => {
    if (skip !== false) return;
    const { model, service } = readService(name);
    const schema = serviceSchema(model, service.id);
    for (const protocol of protocolsOf(schema)) test(protocol, () => roundTrips({ ...schema, protocol }));
  });
}

function roundTrips(service: ServiceSchema): void {
  const { protocol } = service;
  const client = wholeClient(clients[protocol](service));
  const server = createServerProtocol(service);
  const metadata = { requestId: 'r' };

  for (const operation of Object.values(service.operations)) {
    if (!isAmbiguous(service, operation)) {
      check(operation.input, protocol, (input) =>
        inputOf(server, operation, client.renderInput(operation, input)),
      );
    }
    check(answered(operation.output, protocol), protocol, (output) =>
      client.parseOutput(operation, received(server.renderOutput(operation, output, metadata))),
    );
    for (const error of operation.errors) {
      check({ ...error, members: withoutMessage(error.members) }, protocol, (members) => {
        const refusal = { name: error.name, message: 'No', members };
        const read = client.parseError(operation, received(server.renderError(refusal, metadata)));
        assert.deepEqual([read.name, read.message, read.modeled], [error.name, 'No', true]);
        return withoutMessage(read.members);
      });
    }
  }
}

/** An error has its message apart from its other members. */
function withoutMessage<Value>(members: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => name.toLowerCase() !== 'message'));
}
