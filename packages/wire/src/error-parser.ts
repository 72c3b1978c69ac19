import type { ReceivedResponse } from './http.ts';
import type { ErrorParser, StructureValue } from './protocol.ts';
import type { ErrorSchema, OperationSchema } from './schema.ts';
import { unlessMisfit } from './unless-misfit.ts';

/** How a protocol represents errors, where these are documents keyed by member name. */
export interface ErrorForm {
  /** Parses a body without its schema. */
  parse(body: Uint8Array): unknown;
  /** Values that may hold the error's name, in order of precedence. A namespace before it and a URI after it are allowed. */
  typesIn(headers: ReceivedResponse['headers'], document: StructureValue): readonly unknown[];
  /** Compiles the reader of one error's members. */
  reader(error: ErrorSchema): (response: ReceivedResponse) => StructureValue;
}

/** Names of the member with the error message. SSO OIDC uses OAuth's; `detailedMessage` is Neptune's data plane. */
const messageNames = ['message', 'Message', 'errorMessage', 'error_description', 'detailedMessage'];

/** Compiles the parser of an operation's error answers. It accepts anything, as a proxy may have answered. */
export function errorParser({ errors }: OperationSchema, { parse, typesIn, reader }: ErrorForm): ErrorParser {
  const readers = new Map(errors.map((error) => [error.name, reader(error)]));
  return (response) => {
    const { status, headers } = response;
    const document = unlessMisfit(() => asStructure(parse(response.body))) ?? {};
    const names = typesIn(headers, document).map(nameOf);
    // Names that the operation models come first: an error may have a member "code" with another meaning.
    const name = names.find((each) => readers.has(each)) ?? names.find((each) => each !== '') ?? 'Unknown';
    const members = unlessMisfit(() => readers.get(name)?.(response));
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
