import { cborDocuments } from '../cbor/document.ts';
import { parseCbor } from '../cbor/parse.ts';
import { WireError } from '../error.ts';
import type { ClientProtocolFactory } from '../protocol.ts';
import { rpcClient } from '../rpc/client.ts';
import { streamsOutput } from '../streaming.ts';

/**
 * Client side of rpcv2Cbor.
 *
 * @see https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
export const rpcv2CborClient: ClientProtocolFactory = ({ name, queryCompatible }, options) => {
  const client = rpcClient(
    {
      codec: cborDocuments('client'),
      contentType: 'application/cbor',
      writesUnit: false,
      pathOf: (operation) => `/service/${name}/operation/${operation.name}`,
      headersOf: (operation) => ({
        'smithy-protocol': 'rpc-v2-cbor',
        accept: streamsOutput(operation) ? 'application/vnd.amazon.eventstream' : 'application/cbor',
        ...(queryCompatible && { 'x-amzn-query-mode': 'true' }),
      }),
      errors: { parse: parseCbor, typesIn: (_headers, document) => [document['__type']] },
    },
    options,
  );
  return {
    ...client,
    parseOutput(operation, response) {
      if (response.headers['smithy-protocol'] !== 'rpc-v2-cbor')
        throw new WireError('malformed', 'Cannot read the answer: it is not of the protocol rpc-v2-cbor');
      return client.parseOutput(operation, response);
    },
  };
};
