import type { ReceivedResponse } from '../http.ts';
import type { StructureSchema } from '../schema.ts';
import { bindingsOf } from './bindings.ts';
import { bodyOf } from './body.ts';
import type { DocumentCodec } from './document-codec.ts';
import { headersReader } from './headers.ts';
import type { Draft } from './part.ts';

/**
 * Compiles the reader of a structure from a response, for a client.
 *
 * @returns a reader that throws `Misfit` or `WireError`
 */
export function responseReader(
  structure: StructureSchema,
  codec: DocumentCodec,
): (response: ReceivedResponse) => Draft {
  const bindings = bindingsOf(structure, 'response');
  const body = bodyOf(bindings, codec, 'response');
  const readHeaders = headersReader(bindings, 'client');
  const statusMember = bindings.responseCode?.name;
  return (response) => {
    const draft: Draft = {};
    body?.readInto(draft, response.body);
    readHeaders(draft, response);
    if (statusMember !== undefined) draft[statusMember] = response.status;
    return draft;
  };
}
