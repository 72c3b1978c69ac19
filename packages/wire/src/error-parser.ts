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
    const names = typesIn(headers, document).map(nameOf);
    // One that the operation models, as an error may have a member "code" that names something else.
    const name = names.find((each) => readers.has(each)) ?? names.find((each) => each !== '') ?? 'Unknown';
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

function nameOf(type: unknown): string {
  return (text(type) ?? '').replace(/:.*$/s, '').replace(/^.*#/s, '').trim();
}

function asStructure(value: unknown): StructureValue {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
