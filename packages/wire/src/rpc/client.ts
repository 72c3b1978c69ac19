import type { ErrorForm } from '../error-parser.ts';
import { errorParser } from '../error-parser.ts';
import { hostPrefixWriter } from '../host-prefix.ts';
import { fillIdempotencyTokens } from '../idempotency-token.ts';
import { reporting } from '../misfit.ts';
import { perOperation } from '../per-operation.ts';
import type { ClientProtocol, ClientProtocolOptions } from '../protocol.ts';
import type { OperationSchema } from '../schema.ts';
import { documentReader } from './document-reader.ts';
import { type RequestBodyForm, requestBodyWriter } from './request-body.ts';
import { responseBodyReader } from './response-body.ts';

/** How an RPC protocol uses HTTP, as a client. RPC protocols send each input and output as one document. */
export interface RpcForm extends RequestBodyForm {
  pathOf(operation: OperationSchema): string;
  headersOf(operation: OperationSchema): Readonly<Record<string, string>>;
  readonly errors: Pick<ErrorForm, 'parse' | 'typesIn'>;
}

/** Client side of the RPC protocols. Operations are compiled when they are first called. */
export function rpcClient(
  form: RpcForm,
  { idempotencyToken = () => crypto.randomUUID(), eventStreams }: ClientProtocolOptions = {},
): ClientProtocol {
  const { codec, errors } = form;
  const writers = perOperation((operation) => ({
    path: form.pathOf(operation),
    headers: form.headersOf(operation),
    fill: fillIdempotencyTokens(operation.input, idempotencyToken),
    write: requestBodyWriter(operation.input, form, eventStreams),
    writeHostPrefix: hostPrefixWriter(operation),
  }));
  const readers = perOperation(({ output }) => responseBodyReader(output, codec, eventStreams));
  const errorParsers = perOperation((operation) =>
    errorParser(operation, {
      ...errors,
      reader(error) {
        const read = documentReader(error, codec);
        return ({ body }) => read(body);
      },
    }),
  );
  return {
    renderInput(operation, input) {
      const { path, headers, fill, write, writeHostPrefix } = writers(operation);
      return reporting('unwritable', () => {
        const source = fill(input);
        const { contentType, body } = write(source);
        return {
          method: 'POST',
          path,
          query: '',
          headers: contentType === undefined ? headers : { ...headers, 'content-type': contentType },
          body,
          ...writeHostPrefix(source),
        };
      });
    },
    parseOutput(operation, { body }) {
      const read = readers(operation);
      return reporting('malformed', () => read(body));
    },
    parseError: (operation, response) => errorParsers(operation)(response),
  };
}
