import { ClientError } from '../client-error.ts';
import { metadataOf } from '../metadata.ts';
import type { Middleware, MiddlewareCall } from '../middleware.ts';
import { ServiceError } from '../service-error.ts';

/** A span of `@opentelemetry/api`, as far as it is used here. */
export interface OpenTelemetrySpan {
  setAttribute(key: string, value: string | number): unknown;
  addEvent(name: string, attributes?: Record<string, string | number>): unknown;
  setStatus(status: { code: 2; message?: string }): unknown;
  end(): void;
}

/** What is used of the module `@opentelemetry/api`, version 1. */
export interface OpenTelemetryApi {
  readonly trace: {
    getTracer(name: string): {
      startActiveSpan<Result>(
        name: string,
        options: { kind: 2; attributes: Record<string, string | string[]> },
        act: (span: OpenTelemetrySpan) => Result,
      ): Result;
    };
  };
  readonly context: { active(): unknown };
  readonly propagation: {
    // biome-ignore lint/suspicious/noExplicitAny: contexts are opaque
    inject(context: any, carrier: Record<string, string>): void;
  };
}

/** How `openTelemetry` traces. */
export interface OpenTelemetryOptions {
  /**
   * Whether requests carry the trace (`traceparent`, or what the program's propagator writes), signed like all headers,
   * so that the service can go on with it. Services of AWS don't read it. Default: false.
   */
  readonly propagate?: boolean;
}

/** `SpanKind.CLIENT` */
const client = 2;
/** `SpanStatusCode.ERROR` */
const failed = 2;

/** Members of an input that the conventions have an attribute for. */
const attributesOfInput: Readonly<Record<string, readonly [attribute: string, member: string][]>> = {
  DynamoDB: [['aws.dynamodb.table_names', 'TableName']],
  S3: [
    ['aws.s3.bucket', 'Bucket'],
    ['aws.s3.key', 'Key'],
    ['aws.s3.upload_id', 'UploadId'],
  ],
  SQS: [['aws.sqs.queue.url', 'QueueUrl']],
  SNS: [['aws.sns.topic.arn', 'TopicArn']],
  Kinesis: [['aws.kinesis.stream_name', 'StreamName']],
  Lambda: [['faas.invoked_name', 'FunctionName']],
};

/**
 * Middleware that makes a span of each call, named and described by OpenTelemetry's conventions for clients of AWS. The
 * span is the active one while the call lasts, so that those of HTTP become its children. Each attempt that failed is an
 * event of it.
 *
 * @example
 * ```ts
 * import * as api from '@opentelemetry/api';
 * const factory = new ApiFactory({ use: [openTelemetry(api)] });
 * ```
 * @param api the module `@opentelemetry/api`, version 1, of the program
 * @see https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/
 */
export function openTelemetry(
  { context, propagation, trace }: OpenTelemetryApi,
  { propagate = false }: OpenTelemetryOptions = {},
): Middleware {
  const spans = new WeakMap<MiddlewareCall, OpenTelemetrySpan>();
  return {
    call(call, next) {
      const { serviceId, operation } = call;
      const options = { kind: client, attributes: attributesOf(call) } as const;
      return trace
        .getTracer('@latchkey/client')
        .startActiveSpan(`${serviceId}.${operation}`, options, async (span) => {
          spans.set(call, span);
          try {
            const output = await next();
            describeAnswer(span, output);
            return output;
          } catch (error) {
            describeAnswer(span, error);
            span.setAttribute('error.type', typeOf(error));
            span.setStatus({ code: failed, ...(error instanceof Error && { message: error.message }) });
            throw error;
          } finally {
            span.end();
          }
        });
    },
    async attempt(attempt, next) {
      const span = spans.get(attempt.call);
      const { hostname, port } = new URL(attempt.origin);
      span?.setAttribute('server.address', hostname);
      if (port !== '') span?.setAttribute('server.port', Number(port));
      if (attempt.region !== undefined) span?.setAttribute('cloud.region', attempt.region);
      if (propagate) {
        const headers: Record<string, string> = {};
        propagation.inject(context.active(), headers);
        attempt.request = {
          ...attempt.request,
          headers: { ...attempt.request.headers, ...lowered(headers) },
        };
      }
      const number = { 'aws.attempt': attempt.attempt };
      try {
        const response = await next();
        if (response.status >= 300)
          span?.addEvent('attempt failed', { ...number, 'http.response.status_code': response.status });
        return response;
      } catch (error) {
        span?.addEvent('attempt failed', { ...number, 'error.type': typeOf(error) });
        throw error;
      }
    },
  };
}

function attributesOf({ input, operation, serviceId }: MiddlewareCall): Record<string, string | string[]> {
  const attributes: Record<string, string | string[]> = {
    'rpc.system': 'aws-api',
    'rpc.service': serviceId,
    'rpc.method': operation,
  };
  for (const [attribute, member] of attributesOfInput[serviceId] ?? []) {
    const value = input[member];
    if (typeof value !== 'string') continue;
    attributes[attribute] = attribute.endsWith('_names') ? [value] : value;
  }
  return attributes;
}

function describeAnswer(span: OpenTelemetrySpan, of: unknown): void {
  const { attempts, extendedRequestId, requestId, status } = metadataOf(of) ?? {};
  if (status !== undefined) span.setAttribute('http.response.status_code', status);
  if (requestId !== undefined) span.setAttribute('aws.request_id', requestId);
  if (extendedRequestId !== undefined) span.setAttribute('aws.extended_request_id', extendedRequestId);
  if (attempts !== undefined && attempts > 1) span.setAttribute('http.request.resend_count', attempts - 1);
}

/** The value of `error.type`: few different ones, and never the message. */
function typeOf(error: unknown): string {
  if (error instanceof ServiceError) return error.code;
  if (error instanceof ClientError) return error.code;
  return error instanceof Error ? error.name : '_OTHER';
}

function lowered(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
