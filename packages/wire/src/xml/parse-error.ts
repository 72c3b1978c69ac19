import type { ReceivedResponse } from '../http.ts';
import { messageMember } from '../modeled-errors.ts';
import type { ErrorParser, StructureValue } from '../protocol.ts';
import type { ErrorSchema, OperationSchema } from '../schema.ts';
import { unlessMisfit } from '../unless-misfit.ts';
import { childOf, noElement, type XmlElement } from './element.ts';
import { parseXml } from './parse.ts';

/** Reads the members of an error from its element, and from headers where the protocol has bindings. */
export type ErrorReader = (element: XmlElement, response: ReceivedResponse) => StructureValue;

/**
 * Compiles the parser of an operation's error answers in XML, however the `Error` element is wrapped. It accepts
 * anything, as a proxy may have answered.
 */
export function xmlErrorParser(
  { errors }: OperationSchema,
  compile: (error: ErrorSchema) => ErrorReader,
): ErrorParser {
  const known = new Map(
    errors.map((schema) => [schema.queryError?.code ?? schema.name, { schema, read: compile(schema) }]),
  );
  return (response) => {
    const root = unlessMisfit(() => parseXml(response.body)) ?? noElement;
    // Route 53 sends some errors as documents whose root has the name of the error.
    const element = known.has(root.name) ? root : errorElementOf(root);
    const message =
      textIn(element, 'Message') ??
      textIn(element, 'message') ??
      textIn(childOf(element, 'Messages') ?? noElement, 'Message');
    const code = textIn(element, 'Code') ?? codeWithout(element, response.status);
    const error = known.get(code);
    const members = error && unlessMisfit(() => error.read(element, response));
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

/** Code of an answer without `Code`: the root's name. An answer to HEAD has no body; S3's model calls its 404 `NotFound`. */
function codeWithout({ name }: XmlElement, status: number): string {
  if (name !== '' && name !== 'Error') return name;
  return status === 404 ? 'NotFound' : 'Unknown';
}

/** Adds the message under the name in the model, which may have another case than in the protocol. */
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
