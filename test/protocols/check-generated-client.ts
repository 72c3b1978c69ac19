import assert from 'node:assert/strict';
import type { ModelSource, ProtocolCase } from './case.ts';
import { compareBody } from './compare-body.ts';
import { compareHeaders } from './compare-headers.ts';
import { compareQuery } from './compare-query.ts';
import { requestOfGeneratedClient } from './generated-client.ts';
import { typedParams } from './typed-params.ts';

/** Checks a request as it leaves a client that is generated from the model, ready for the socket. */
export async function checkGeneratedClient(
  source: ModelSource,
  { operation, structure, fields }: ProtocolCase,
): Promise<void> {
  const params = typedParams(fields.params ?? {}, structure) as object;
  const sent = await requestOfGeneratedClient(source, operation.name, params, fields);
  const [path, query = ''] = sent.path.split('?');
  assert.equal(sent.method, fields.method);
  assert.equal(path, fields.uri);
  if (fields.resolvedHost !== undefined) assert.equal(sent.host, fields.resolvedHost);
  compareQuery(query, fields);
  compareHeaders(sent.headers, fields);
  assert(sent.body instanceof Uint8Array, 'the body streams');
  compareBody(sent.body, fields);
}
