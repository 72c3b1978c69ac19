import { hostPrefixWriter } from '../host-prefix.ts';
import { fillIdempotencyTokens } from '../idempotency-token.ts';
import { reporting } from '../misfit.ts';
import { perOperation } from '../per-operation.ts';
import type { ClientProtocol, ClientProtocolOptions, StructureValue } from '../protocol.ts';
import type { OperationSchema, ServiceIdentity } from '../schema.ts';
import { wholeBody } from '../values/bytes.ts';
import { encodeUtf8 } from '../values/utf8.ts';
import { noElement, type XmlElement } from '../xml/element.ts';
import { xmlErrorParser } from '../xml/parse-error.ts';
import { XmlReaders } from '../xml/read.ts';
import { parseRoot } from '../xml/root.ts';
import type { FormDialect } from './dialect.ts';
import { FormWriters } from './write.ts';

/**
 * Client side of the query protocols: forms as requests, XML as responses. Operations are compiled when they are first
 * called.
 *
 * @param resultIn finds the element of a response that holds the output's members, if it has one
 */
export function formClient(
  { version }: ServiceIdentity,
  dialect: FormDialect,
  resultIn: (root: XmlElement, operation: OperationSchema) => XmlElement | undefined,
  { idempotencyToken = () => crypto.randomUUID() }: ClientProtocolOptions = {},
): ClientProtocol {
  const formWriters = new FormWriters(dialect);
  const xmlReaders = new XmlReaders('client');
  const writers = perOperation((operation) => ({
    start: `Action=${operation.name}&Version=${version}`,
    fill: fillIdempotencyTokens(operation.input, idempotencyToken),
    write: formWriters.of({ target: operation.input }),
    writeHostPrefix: hostPrefixWriter(operation),
  }));
  const readers = perOperation(({ output }) =>
    Object.keys(output.members).length === 0 ? undefined : xmlReaders.of({ target: output }),
  );
  const errors = perOperation((operation) =>
    xmlErrorParser(operation, (error) => {
      const read = xmlReaders.of({ target: error });
      return (element) => read(element) as StructureValue;
    }),
  );
  return {
    renderInput(operation, input) {
      const { start, fill, write, writeHostPrefix } = writers(operation);
      return reporting('unwritable', () => {
        const source = fill(input);
        return {
          method: 'POST',
          path: '/',
          query: '',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: encodeUtf8(start + write('', source)),
          ...writeHostPrefix(source),
        };
      });
    },
    parseOutput(operation, { body }) {
      const read = readers(operation);
      const bytes = wholeBody(body);
      if (read === undefined && bytes.length === 0) return {};
      return reporting('malformed', () => {
        const root = parseRoot(bytes, `${operation.name}Response`);
        return read === undefined ? {} : (read(resultIn(root, operation) ?? noElement) as StructureValue);
      });
    },
    parseError: (operation, response) => errors(operation)(response),
  };
}
