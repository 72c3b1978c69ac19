import { attempt } from './attempt.ts';
import type { ReceivedResponse } from './http.ts';
import type { ErrorParser, StructureValue } from './protocol.ts';
import type { ErrorSchema, OperationSchema } from './schema.ts';

/** How a protocol whose errors are documents by member name carries them. */
export interface ErrorForm {
  /** Reads a body without its schema. */
  parse(body: Uint8Array): unknown;
  /** Where the name may stand, in order; in front of a URI, or behind a namespace. */
  typesIn(headers: ReceivedResponse['headers'], document: StructureValue): readonly unknown[];
  /** Compiles the reader of one error's members. */
  reader(error: ErrorSchema): (response: ReceivedResponse) => StructureValue;
}

/** What services call the member that tells people of the error: SSO OIDC as OAuth does, Neptune's data plane its own way. */
const messageNames = ['message', 'Message', 'errorMessage', 'error_description', 'detailedMessage'];

/** Compiles the reader of an operation's error answers. It takes whatever a proxy may have put in between. */
export function errorParser({ errors }: OperationSchema, { parse, typesIn, reader }: ErrorForm): ErrorParser {
  const readers = new Map(errors.map((error) => [error.name, reader(error)]));
  return (response) => {
    const { status, headers } = response;
    const document = attempt(() => asStructure(parse(response.body))) ?? {};
    const name = nameIn(typesIn(headers, document));
    const members = attempt(() => readers.get(name)?.(response));
    return {
      name,
      message: messageNames.map((member) => text(document[member])).find((found) => found !== undefined),
      modeled: members !== undefined,
      members: members ?? {},
      status,
      requestId: headers['x-amzn-requestid'] ?? headers['x-amz-request-id'],
    };
  };
}

function nameIn(types: readonly unknown[]): string {
  const given = types.find((type) => typeof type === 'string') ?? '';
  return String(given).replace(/:.*$/s, '').replace(/^.*#/s, '').trim() || 'Unknown';
}

function asStructure(value: unknown): StructureValue {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
