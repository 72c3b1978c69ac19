import { jsonDocuments } from '../json/document.ts';
import { jsonErrors } from '../json/error-form.ts';
import type { ClientProtocolFactory } from '../protocol.ts';
import { rpcClient } from '../rpc/client.ts';

/**
 * Client side of awsJson1_0.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
export const awsJson1_0Client: ClientProtocolFactory = awsJsonClient('1.0');

/**
 * Client side of awsJson1_1.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export const awsJson1_1Client: ClientProtocolFactory = awsJsonClient('1.1');

function awsJsonClient(version: '1.0' | '1.1'): ClientProtocolFactory {
  return ({ name, queryCompatible }, options) =>
    rpcClient(
      {
        codec: jsonDocuments('client', { jsonNames: false }),
        contentType: `application/x-amz-json-${version}`,
        writesUnit: true,
        pathOf: () => '/',
        headersOf: (operation) => ({
          'x-amz-target': `${name}.${operation.name}`,
          ...(queryCompatible && { 'x-amzn-query-mode': 'true' }),
        }),
        errors: jsonErrors,
      },
      options,
    );
}
