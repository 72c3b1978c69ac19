import { type ClientProtocol, type ClientRequest, WireError } from '@latchkey/wire';
import {
  awsJson1_0Client as awsJson1_0,
  awsJson1_1Client as awsJson1_1,
} from '@latchkey/wire/aws-json/client';
import { awsQueryClient as awsQuery } from '@latchkey/wire/aws-query/client';
import { ec2QueryClient as ec2Query } from '@latchkey/wire/ec2-query/client';
import { restJson1Client as restJson1 } from '@latchkey/wire/rest-json1/client';
import { restXmlClient as restXml } from '@latchkey/wire/rest-xml/client';
import { rpcv2CborClient as rpcv2Cbor } from '@latchkey/wire/rpcv2-cbor/client';
import type { ClientInput, ClientOperation } from '../client-module/client-input.ts';
import { hasEvents } from '../client-module/http2.ts';
import { protocolOf, serviceIdentity } from '../service-schema.ts';
import type { RequestReference } from './reference.ts';

const protocols = { awsJson1_0, awsJson1_1, awsQuery, ec2Query, restJson1, restXml, rpcv2Cbor } as const;

/** In place of the idempotency tokens that the client makes. */
const IDEMPOTENCY_TOKEN = '11111111-2222-4333-8444-555555555555';

/** @returns undefined where the request is no single message, or the value does not fit the model */
export type RequestWriter = (operation: ClientOperation, value: object) => RequestReference | undefined;

/** Writes requests of a service as its client sends them, without endpoint and signature. */
export function requestWriter({ service }: ClientInput): RequestWriter {
  const protocol: ClientProtocol = protocols[protocolOf(service)](serviceIdentity(service), {
    idempotencyToken: () => IDEMPOTENCY_TOKEN,
  });
  return ({ schema }, value) => {
    if (hasEvents(schema)) return undefined;
    try {
      return printRequest(protocol.renderInput(schema, value));
    } catch (error) {
      // The sample does not fit the model: a pattern, say, that no sample follows.
      if (error instanceof WireError) return undefined;
      throw error;
    }
  };
}

function printRequest({ body, headers, hostPrefix, method, path, query }: ClientRequest): RequestReference {
  return {
    method,
    target: query === '' ? path : `${path}?${query}`,
    ...(hostPrefix !== undefined && { hostPrefix }),
    headers: Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, value }],
    ),
    ...printBody(body),
  };
}

function printBody(body: ClientRequest['body']): Pick<RequestReference, 'body'> {
  if (!(body instanceof Uint8Array) || body.length === 0) return {};
  // CBOR, for example, is no text.
  try {
    return { body: new TextDecoder(undefined, { fatal: true }).decode(body) };
  } catch {
    const hex = Array.from(body, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    return { body: `(${body.length} bytes) ${hex}` };
  }
}
