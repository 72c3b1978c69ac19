import type { DocumentCodec } from '../document/codec.ts';
import { WireError } from '../error.ts';
import type { WireRequest, WireResponse } from '../http.ts';
import { reporting } from '../misfit.ts';
import { perOperation } from '../per-operation.ts';
import type { ServerProtocol } from '../protocol.ts';
import type { ErrorSchema, OperationSchema, ServiceSchema } from '../schema.ts';
import { errorPreparer, withType } from '../server-errors.ts';
import { checkPatterns } from '../validation/check-patterns.ts';
import { compileValidator } from '../validation/validator.ts';
import { essenceOf } from '../values/media-type.ts';
import { documentReader } from './document-reader.ts';

/** How an RPC protocol uses HTTP, as a server. */
export interface RpcServerForm {
  readonly codec: DocumentCodec;
  /** Content type of a body that is a document. */
  readonly contentType: string;
  /** Headers of every response. */
  readonly headers: Readonly<Record<string, string>>;
  /** Content type of a response without a document, i.e. of an operation without output. */
  readonly emptyContentType: string | undefined;
  /** Whether the names of errors include the namespace. */
  readonly namesNamespace: boolean;
  operationOf(request: WireRequest): string | undefined;
  readonly errorFor: ServerProtocol['errorFor'];
}

/** Server side of the RPC protocols. Operations are compiled when they are first called. */
export function rpcServer(service: ServiceSchema, form: RpcServerForm): ServerProtocol {
  checkPatterns(service);
  const { codec, contentType } = form;
  const compiled = perOperation(({ input, output }) => ({
    read: documentReader(input, codec),
    validate: compileValidator(input),
    write: output.name === 'Unit' ? undefined : codec.writer({ target: output }),
  }));
  const prepareError = errorPreparer(service, (error) => codec.writer({ target: withType(error) }));

  function answer(
    status: number,
    body: WireResponse['body'] | undefined,
    headers: Readonly<Record<string, string>>,
  ): WireResponse {
    const type = body === undefined ? form.emptyContentType : contentType;
    return {
      status,
      headers: { ...form.headers, ...(type !== undefined && { 'content-type': type }), ...headers },
      body: body ?? '',
    };
  }

  return {
    match(request) {
      const name = request.method === 'POST' ? form.operationOf(request) : undefined;
      return name !== undefined && Object.hasOwn(service.operations, name)
        ? service.operations[name]
        : undefined;
    },
    parseInput(operation, request) {
      checkContentType(operation, contentType, request);
      const { read, validate } = compiled(operation);
      const input = reporting('malformed', () => read(request.body));
      validate(input);
      return input;
    },
    renderOutput(operation, output, { requestId }) {
      const { write } = compiled(operation);
      const body = reporting('unwritable', () => write?.(output));
      return answer(200, body, { 'x-amzn-requestid': requestId });
    },
    renderError(error, { requestId }) {
      const { schema, writer, source } = prepareError(error);
      const __type = form.namesNamespace ? source['__type'] : error.name;
      const body = reporting('unwritable', () => writer({ ...source, __type }));
      return answer(schema.status, body, {
        'x-amzn-requestid': requestId,
        ...(service.queryCompatible && queryErrorHeader(schema)),
      });
    },
    errorFor: form.errorFor,
  };
}

function checkContentType(
  { name }: OperationSchema,
  contentType: string,
  { headers, body }: WireRequest,
): void {
  const found = headers['content-type'];
  if (found === undefined ? body.length === 0 : essenceOf(found) === contentType) return;
  throw new WireError('unsupportedMediaType', `Cannot read the body: ${name} takes ${contentType}`);
}

/** The header `x-amzn-query-error`: the error's code in awsQuery, which the service once spoke (`awsQueryCompatible`). */
function queryErrorHeader({ name, fault, queryError }: ErrorSchema): Readonly<Record<string, string>> {
  const type = fault === 'client' ? 'Sender' : 'Receiver';
  return { 'x-amzn-query-error': `${queryError?.code ?? name};${type}` };
}
