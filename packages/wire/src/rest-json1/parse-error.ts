import { WireError } from '../error.ts';
import type { ReceivedResponse } from '../http.ts';
import type { DocumentCodec } from '../http-binding/document-codec.ts';
import { responseReader } from '../http-binding/read-response.ts';
import { parseJson } from '../json/parse.ts';
import { Misfit } from '../misfit.ts';
import type { ErrorParser, StructureValue } from '../protocol.ts';
import type { OperationSchema } from '../schema.ts';

/** Compiles the reader of an operation's error answers. It takes whatever a proxy may have put in between. */
export function errorParser(operation: OperationSchema, codec: DocumentCodec): ErrorParser {
  const readers = new Map(operation.errors.map((error) => [error.name, responseReader(error, codec)]));
  return (response) => {
    const body = bodyOf(response);
    const name = nameOf(response, body);
    const members = attempt(() => readers.get(name)?.(response));
    return {
      name,
      message: text(body['message']) ?? text(body['Message']),
      modeled: members !== undefined,
      members: members ?? {},
      status: response.status,
      requestId: response.headers['x-amzn-requestid'] ?? response.headers['x-amz-request-id'],
    };
  };
}

function bodyOf({ body }: ReceivedResponse): StructureValue {
  const value = attempt(() => parseJson(body, { exact: false }));
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The name may stand in three places, in front of a URI or behind a namespace. */
function nameOf({ headers }: ReceivedResponse, body: StructureValue): string {
  const given = headers['x-amzn-errortype'] ?? text(body['code']) ?? text(body['__type']) ?? '';
  return given.replace(/:.*$/s, '').replace(/^.*#/s, '').trim() || 'Unknown';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof WireError || error instanceof Misfit) return undefined;
    throw error;
  }
}
