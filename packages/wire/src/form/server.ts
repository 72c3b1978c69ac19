import { WireError } from '../error.ts';
import type { WireRequest, WireResponse } from '../http.ts';
import { reporting } from '../misfit.ts';
import { perOperation } from '../per-operation.ts';
import type { ResponseMetadata, ServerProtocol, StructureValue } from '../protocol.ts';
import { queryRefusalAsError } from '../refusal.ts';
import type { OperationSchema, ServiceSchema } from '../schema.ts';
import { checkPatterns } from '../validation/check-patterns.ts';
import { compileValidator } from '../validation/validator.ts';
import { essenceOf } from '../values/media-type.ts';
import type { QueryEntries } from '../values/query-string.ts';
import { parseQuery, percentDecode } from '../values/query-string.ts';
import { decodeUtf8 } from '../values/utf8.ts';
import type { FormDialect } from './dialect.ts';
import { FormReaders } from './read.ts';
import { formTree } from './tree.ts';

// Their values rarely have escapes, so they are found without decoding the whole form.
const actionMember = /(?:^|&)Action=([^&]+)/;
const versionMember = /(?:^|&)Version=([^&]+)/;
const formType = 'application/x-www-form-urlencoded';

/** How a query protocol writes its answers, where awsQuery and ec2Query differ. */
export interface FormAnswers {
  /** Compiles the writer of an operation's output. */
  outputRenderer(
    operation: OperationSchema,
    service: ServiceSchema,
  ): (value: object, metadata: ResponseMetadata) => WireResponse;
  errorRenderer(service: ServiceSchema): ServerProtocol['renderError'];
}

/**
 * Server side of the query protocols. Members may be in the query, in the form in the body, or in both; those in the
 * body win.
 */
export function formServer(
  service: ServiceSchema,
  dialect: FormDialect,
  { outputRenderer, errorRenderer }: FormAnswers,
): ServerProtocol {
  checkPatterns(service);
  const readers = new FormReaders(dialect);
  const compiled = perOperation((operation) => ({
    read: readers.of({ target: operation.input }),
    validate: compileValidator(operation.input),
    render: outputRenderer(operation, service),
  }));
  return {
    match: (request) => operationOf(request, service),
    parseInput(operation, request) {
      const { read, validate } = compiled(operation);
      const input = reporting('malformed', () => read(formTree(entriesOf(request))));
      validate(input);
      return input as StructureValue;
    },
    renderOutput(operation, output, metadata) {
      return reporting('unwritable', () => compiled(operation).render(output, metadata));
    },
    renderError: errorRenderer(service),
    errorFor: queryRefusalAsError,
  };
}

function operationOf(
  { query, headers, body }: WireRequest,
  service: ServiceSchema,
): OperationSchema | undefined {
  const form = headers['content-type'] === undefined || isForm(headers) ? (decodeUtf8(body) ?? '') : '';
  const action = found(actionMember, form) ?? found(actionMember, query);
  const version = found(versionMember, form) ?? found(versionMember, query);
  if (action === undefined || !Object.hasOwn(service.operations, action)) return undefined;
  return version === undefined || version === service.version ? service.operations[action] : undefined;
}

function found(member: RegExp, form: string): string | undefined {
  const value = member.exec(form)?.[1];
  if (value === undefined || !/[%+]/.test(value)) return value;
  try {
    return percentDecode(value.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function entriesOf({ query, headers, body }: WireRequest): QueryEntries {
  const entries = parseQuery(query);
  if (body.length === 0) return entries;
  if (!isForm(headers))
    throw new WireError('unsupportedMediaType', `Cannot read the body: expected ${formType}`);
  const form = decodeUtf8(body);
  if (form === undefined) throw new WireError('malformed', 'Cannot read the body: it is not UTF-8');
  return [...entries, ...parseQuery(form)];
}

function isForm(headers: WireRequest['headers']): boolean {
  return essenceOf(headers['content-type'] ?? '') === formType;
}
