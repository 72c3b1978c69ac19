import type { DocumentCodec } from '../document/codec.ts';
import { responseWriter } from '../http-binding/write-response.ts';
import { reporting } from '../misfit.ts';
import type { ServerProtocol } from '../protocol.ts';
import type { ServiceSchema } from '../schema.ts';
import { errorPreparer, withType } from '../server-errors.ts';

/** Compiles the writer of a service's errors. Members of an error outside the model are written as plain JSON. */
export function errorRenderer(
  service: ServiceSchema,
  codec: DocumentCodec,
  { errorTypeInBody }: { readonly errorTypeInBody: boolean },
): ServerProtocol['renderError'] {
  const prepare = errorPreparer(service, (error) =>
    responseWriter(errorTypeInBody ? withType(error) : error, codec, error.status),
  );
  return (error, { requestId }) => {
    const { writer, source } = prepare(error);
    const response = reporting('unwritable', () => writer.write(source));
    return {
      ...response,
      headers: { ...response.headers, 'x-amzn-errortype': error.name, 'x-amzn-requestid': requestId },
    };
  };
}
