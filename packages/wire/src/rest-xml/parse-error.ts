import { bindingsOf } from '../http-binding/bindings.ts';
import { headersReader } from '../http-binding/headers.ts';
import type { ErrorSchema } from '../schema.ts';
import type { ErrorReader } from '../xml/parse-error.ts';
import { XmlReaders } from '../xml/read.ts';

/** Compiles the reader of an error's members, some of which may be in headers. */
export function boundErrorReader(error: ErrorSchema): ErrorReader {
  const bindings = bindingsOf(error, 'response');
  const readHeaders = headersReader(bindings, 'client');
  const read = bindings.document && new XmlReaders('client').of({ target: bindings.document });
  return (element, response) => {
    const members = { ...(read?.(element) as object) };
    readHeaders(members, response);
    return members;
  };
}
