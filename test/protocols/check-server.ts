import assert from 'node:assert/strict';
import { type ServerProtocol, WireError, type WireRequest, type WireResponse } from '@latchkey/wire';
import type { CaseFields, ProtocolCase } from './case.ts';
import { bytesOfBody, compareBody } from './compare-body.ts';
import { compareHeaders, lowerCased } from './compare-headers.ts';
import { typedParams } from './typed-params.ts';

export function checkServer(protocol: ServerProtocol, protocolCase: ProtocolCase): void {
  const { kind, operation, structure, fields } = protocolCase;
  if (kind === 'malformed') {
    for (const instance of instancesOf(fields)) checkMalformed(protocol, instance);
    return;
  }
  const params = typedParams(fields.params ?? {}, structure) as Record<string, unknown>;
  const metadata = { requestId: lowerCased(fields.headers ?? {})['x-amzn-requestid'] ?? 'foo-id' };
  if (kind === 'request') {
    const request = requestOf({
      ...fields,
      uri: pathToRoute(protocolCase),
      headers: headersToRoute(protocolCase),
    });
    assert.equal(protocol.match(request)?.name, operation.name);
    const input = protocol.parseInput(operation, request);
    assert.deepEqual(withoutUnseen(input, protocolCase), withoutUnseen(params, protocolCase));
  } else if (kind === 'response') {
    compareResponse(protocol.renderOutput(operation, params, metadata), fields);
  } else {
    const message = String(params['message'] ?? params['Message'] ?? sentenceIn(fields) ?? '');
    compareResponse(
      protocol.renderError({ name: structure.name, message, members: params }, metadata),
      fields,
    );
  }
}

/** The sentence of an error that has no member for it stands in the body of its case alone. */
function sentenceIn({ body = '' }: CaseFields): string | undefined {
  return /<Message>(.*?)<\/Message>/.exec(body)?.[1];
}

function checkMalformed(protocol: ServerProtocol, { request = { id: '' }, response }: CaseFields): void {
  const { code, headers, body } = response as {
    code: number;
    headers: Record<string, string>;
    body?: unknown;
  };
  const received = requestOf(request);
  const answer = answerTo(protocol, received);
  assert(answer !== undefined, `accepted ${JSON.stringify(request)}`);
  compareResponse(answer, { id: '', code, headers });
  const assertion = (body as { assertion?: { contents?: string; messageRegex?: string } } | undefined)
    ?.assertion;
  if (assertion?.contents !== undefined) {
    assert.deepEqual(JSON.parse(String(answer.body)), JSON.parse(assertion.contents));
  }
  if (assertion?.messageRegex !== undefined) {
    assert.match(JSON.parse(String(answer.body)).message, new RegExp(assertion.messageRegex));
  }
}

/** Cases list the headers that they are about; any client also sends those that say what the request is. */
function headersToRoute({ service, operation, fields }: ProtocolCase): Record<string, string> {
  const headers = lowerCased(fields.headers ?? {});
  if (service.protocol.startsWith('awsJson')) {
    headers['x-amz-target'] ??= `${service.name}.${operation.name}`;
    headers['content-type'] ??= `application/x-amz-json-${service.protocol === 'awsJson1_0' ? '1.0' : '1.1'}`;
  } else if (fields.body !== undefined && fields.body !== '' && fields.bodyMediaType !== undefined) {
    headers['content-type'] ??= fields.bodyMediaType;
  }
  return headers;
}

/** Whoever listens for S3 puts the bucket that stands in the host back into the path, where the model has it. */
function pathToRoute({ service, fields: { uri = '', resolvedHost, params } }: ProtocolCase): string {
  const bucket = params?.['Bucket'];
  if (service.name !== 'AmazonS3' || resolvedHost?.startsWith(`${bucket}.`) !== true) return uri;
  return `/${bucket}${uri === '/' ? '' : uri}`;
}

/**
 * What is empty is not told from what is absent in a form, or where members are bound to HTTP. A server finds every
 * member of the query among the free ones, of which not all cases tell.
 */
function withoutUnseen(
  params: Readonly<Record<string, unknown>>,
  { service, structure, fields }: ProtocolCase,
): Record<string, unknown> {
  const bindings = [
    'httpQuery',
    'httpQueryParams',
    'httpHeader',
    'httpPrefixHeaders',
    'httpPayload',
  ] as const;
  const isForm = service.protocol === 'awsQuery' || service.protocol === 'ec2Query';
  const mayBeUnseen = (name: string) =>
    isForm || bindings.some((trait) => structure.members[name]?.traits?.[trait] !== undefined);
  const isUntold = (name: string) =>
    structure.members[name]?.traits?.httpQueryParams === true && fields.params?.[name] === undefined;
  return Object.fromEntries(
    Object.entries(params).filter(
      ([name, value]) => !(mayBeUnseen(name) && isEmpty(value)) && !isUntold(name),
    ),
  );
}

function isEmpty(value: unknown): boolean {
  const isContainer = Array.isArray(value) || Object.getPrototypeOf(Object(value)) === Object.prototype;
  return isContainer && Object.keys(Object(value)).length === 0;
}

/** The refusal of a request; undefined when it is accepted. */
function answerTo(protocol: ServerProtocol, request: WireRequest): WireResponse | undefined {
  const operation = protocol.match(request);
  assert(operation !== undefined, `matched no operation: ${request.method} ${request.path}`);
  try {
    protocol.parseInput(operation, request);
    return undefined;
  } catch (error) {
    assert(error instanceof WireError, String(error));
    return protocol.renderError(protocol.errorFor(error), { requestId: 'foo-id' });
  }
}

function requestOf(fields: CaseFields): WireRequest {
  const { method = '', uri = '', queryParams = [], headers = {} } = fields;
  return {
    method,
    path: uri,
    query: queryParams.join('&'),
    headers: lowerCased(headers),
    body: bytesOfBody(fields),
  };
}

function compareResponse({ status, headers, body }: WireResponse, fields: CaseFields): void {
  assert.equal(status, fields.code);
  compareHeaders(headers, fields);
  compareBody(body, fields);
}

/** One case for each index of the test parameters, with their values filled in. */
function instancesOf(fields: CaseFields): CaseFields[] {
  const parameters = Object.entries(fields.testParameters ?? {});
  const count = parameters[0]?.[1].length ?? 1;
  return Array.from({ length: count }, (_, index) => {
    const fill = (text: string) =>
      text.replace(/\$(?:(\w+):([LS])|\$)/g, (_match, name?: string, form?: string) => {
        if (name === undefined) return '$';
        const value = parameters.find(([found]) => found === name)?.[1][index] ?? '';
        return form === 'S' ? JSON.stringify(value) : value;
      });
    return fillAll(fields, fill) as CaseFields;
  });
}

function fillAll(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((item) => fillAll(item, fill));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fillAll(entry, fill)]));
}
