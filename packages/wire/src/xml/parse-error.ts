import { attempt } from '../attempt.ts';
import type { ReceivedResponse } from '../http.ts';
import { messageMember } from '../modeled-errors.ts';
import type { ErrorParser, StructureValue } from '../protocol.ts';
import type { ErrorSchema, OperationSchema } from '../schema.ts';
import { childOf, noElement, type XmlElement } from './element.ts';
import { parseXml } from './parse.ts';

/** Reads the members of an error from its element, and from the rest of the response where the protocol binds them. */
export type ErrorReader = (element: XmlElement, response: ReceivedResponse) => StructureValue;

/**
 * Compiles the reader of an operation's error answers in XML, whichever way the `Error` element is wrapped. It takes
 * whatever a proxy may have put in between.
 */
export function xmlErrorParser(
  { errors }: OperationSchema,
  compile: (error: ErrorSchema) => ErrorReader,
): ErrorParser {
  const known = new Map(
    errors.map((schema) => [schema.queryError?.code ?? schema.name, { schema, read: compile(schema) }]),
  );
  return (response) => {
    const root = attempt(() => parseXml(response.body)) ?? noElement;
    // Route 53 answers some of its errors as documents of their own, which are called as the error is.
    const element = known.has(root.name) ? root : errorElementOf(root);
    const message =
      textIn(element, 'Message') ??
      textIn(element, 'message') ??
      textIn(childOf(element, 'Messages') ?? noElement, 'Message');
    const code = textIn(element, 'Code') ?? codeWithout(element, response.status);
    const error = known.get(code);
    const members = error && attempt(() => error.read(element, response));
    return {
      name: error?.schema.name ?? code,
      message,
      modeled: members !== undefined,
      members: members === undefined ? {} : withMessage(members, error?.schema, message),
      status: response.status,
      requestId:
        response.headers['x-amzn-requestid'] ??
        response.headers['x-amz-request-id'] ??
        [root, element].map(requestIdIn).find((id) => id !== undefined),
    };
  };
}

function errorElementOf(root: XmlElement): XmlElement {
  if (root.name === 'Error') return root;
  return childOf(root, 'Error') ?? childOf(childOf(root, 'Errors'), 'Error') ?? noElement;
}

/** The answer to a HEAD has no body to name its error in; the one that S3 models for this is called `NotFound`. */
function codeWithout({ name }: XmlElement, status: number): string {
  if (name !== '' && name !== 'Error') return name;
  return status === 404 ? 'NotFound' : 'Unknown';
}

/** A model may spell its message in the other case than the protocol does. */
function withMessage(
  members: StructureValue,
  schema: ErrorSchema | undefined,
  message: string | undefined,
): StructureValue {
  const name = schema && messageMember(schema);
  return name === undefined || message === undefined ? members : { [name]: message, ...members };
}

function requestIdIn(element: XmlElement): string | undefined {
  return textIn(element, 'RequestId') ?? textIn(element, 'RequestID');
}

function textIn(element: XmlElement, name: string): string | undefined {
  return childOf(element, name)?.text.trim();
}
