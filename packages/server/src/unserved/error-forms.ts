import {
  createServerProtocol,
  type ProtocolName,
  type ServerProtocol,
  type ServiceSchema,
  type WireResponse,
} from '@latchkey/wire';
import type { IncomingRequest } from '../http/route.ts';
import { unstored } from '../http/unstored.ts';

/** The forms in which AWS clients read errors: that of each protocol, S3's own XML, and the CBOR that Kinesis speaks. */
export type ErrorForm = ProtocolName | 's3' | 'awsCbor1_1';

/** An error that no model has. */
interface ServiceError {
  readonly name: string;
  readonly message: string;
  /** HTTP status. */
  readonly status: number;
}

/** What is called an unknown operation in each form, and by AWS. */
const unknownOperation = {
  restJson1: { name: 'UnknownOperationException', status: 404 },
  rpcv2Cbor: { name: 'UnknownOperationException', status: 404 },
  awsCbor1_1: { name: 'UnknownOperationException', status: 400 },
  awsJson1_0: { name: 'UnknownOperationException', status: 400 },
  awsJson1_1: { name: 'UnknownOperationException', status: 400 },
  awsQuery: { name: 'InvalidAction', status: 400 },
  ec2Query: { name: 'InvalidAction', status: 400 },
  // Not 404, which says to a client of S3 that there is no such object.
  restXml: { name: 'NotImplemented', status: 400 },
  s3: { name: 'NotImplemented', status: 400 },
} as const satisfies Record<ErrorForm, Omit<ServiceError, 'message'>>;

const protocols = new Map<ErrorForm, ServerProtocol>();

/** Renders an unknown operation so that a client which reads errors in this form shows the message. */
export function renderUnknownOperation(
  form: ErrorForm,
  message: string,
  request: IncomingRequest,
): WireResponse {
  return renderServiceError(form, { ...unknownOperation[form], message }, request);
}

/** Renders an error so that a client which reads errors in this form shows the message. */
export function renderServiceError(
  form: ErrorForm,
  error: ServiceError,
  request: IncomingRequest,
): WireResponse {
  const protocol = protocols.get(form) ?? protocolOf(form);
  protocols.set(form, protocol);
  const metadata = { requestId: request.origin.requestId, accept: request.headers.accept };
  const response = unstored(protocol.renderError(error, metadata));
  if (form !== 'awsCbor1_1') return response;
  const { 'smithy-protocol': _, ...headers } = response.headers;
  return { ...response, headers: { ...headers, 'content-type': 'application/x-amz-cbor-1.1' } };
}

function protocolOf(form: ErrorForm): ServerProtocol {
  const service: ServiceSchema = {
    name: 'UnservedService',
    // As AWS's services name what none of their models has.
    namespace: 'com.amazon.coral.service',
    version: '',
    protocol: form === 's3' ? 'restXml' : form === 'awsCbor1_1' ? 'rpcv2Cbor' : form,
    signingName: '',
    ...(form === 's3' && { noErrorWrapping: true }),
    operations: {},
    errors: [],
  };
  return createServerProtocol(service, { errorTypeInBody: true });
}
