import { preferredType, type WireResponse } from '@latchkey/wire';
import type { ApiDefinition } from '../http/api.ts';
import { describeRefusal } from '../http/refusal.ts';
import { type IncomingRequest, MAX_BODY_BYTES } from '../http/route.ts';
import type { Fallbacks } from '../http/router.ts';
import { isAwsClient, wantsPage } from '../unserved/aws-client.ts';
import { errorFormOf } from '../unserved/error-form-of.ts';
import { type ErrorForm, renderServiceError, renderUnknownOperation } from '../unserved/error-forms.ts';
import { unknownPathMessage, unservedMessage } from '../unserved/served-apis.ts';
import { findUnservedCall } from '../unserved/unserved-call.ts';
import type { Explain } from './page-error.ts';
import type { PageContext } from './render-error.ts';

/** Names of refusals by HTTP status, for clients of AWS APIs. */
const refusalNames: Readonly<Record<number, string>> = {
  403: 'AccessDeniedException',
  431: 'RequestHeaderFieldsTooLargeException',
  503: 'ServiceUnavailableException',
};

interface Problem {
  readonly status: number;
  /** Name of the error, for clients of AWS APIs. */
  readonly name: string;
  /** What a page says. */
  readonly explain: Explain;
  /** Message for the developer of a client. */
  readonly message: string;
}

/**
 * Makes the answers to requests that no route takes, or whose route failed: a page for browsers, an error in AWS's form for
 * other clients, and for a call of an API that is not served here an error in the protocol of that API.
 *
 * @param apis - the APIs that are served, which the errors name
 */
export function createFallbacks(apis: readonly ApiDefinition[], context: PageContext): Fallbacks {
  const render = (request: IncomingRequest, problem: Problem, form?: ErrorForm) =>
    renderProblem(request, context, problem, form);
  const services = apis.map(({ service }) => service);
  return {
    unserved(request) {
      const call = findUnservedCall(request, services);
      return call && renderUnknownOperation(call.form, unservedMessage(call, apis), request);
    },
    notFound: (request) =>
      render(request, {
        status: 404,
        name: 'UnknownOperationException',
        explain: ({ problems }) => problems.notFound,
        message: unknownPathMessage(request, apis),
      }),
    methodNotAllowed: async (request, allowed) => {
      const methods = allowed.join(', ');
      const message = `This address does not take ${request.method}; it takes ${methods}.`;
      const response = await render(request, {
        status: 405,
        name: 'MethodNotAllowedException',
        explain: ({ problems }) => problems.wrongMethod(request.method, methods),
        message: `${message} ${unknownPathMessage(request, apis)}`,
      });
      return { ...response, headers: { ...response.headers, allow: methods } };
    },
    tooLarge: (request) =>
      render(request, {
        status: 413,
        name: 'RequestEntityTooLargeException',
        explain: ({ problems }) => problems.tooLarge(MAX_BODY_BYTES),
        message: `The form that was sent is longer than ${MAX_BODY_BYTES} bytes, the most that is taken.`,
      }),
    failed: (request) =>
      render(request, {
        status: 500,
        name: 'InternalServerException',
        explain: ({ problems }) => problems.failed,
        message: 'It is not your fault. Please try again in a moment.',
      }),
    unavailable: (request, message) =>
      render(request, {
        status: 503,
        name: 'InternalServerException',
        explain: ({ problems }) => problems.unavailable,
        message,
      }),
    refused(request, refusal, isOperation) {
      const { status, code, value = '' } = refusal;
      const message = describeRefusal(refusal);
      const problem: Problem = {
        status,
        name: refusalNames[status] ?? 'BadRequestException',
        explain: ({ refusal: messages }) => ({
          heading: code === 'noRoom' ? messages.busy : messages.heading,
          text: messages[code](value),
        }),
        message,
      };
      const isText =
        preferredType(request.headers.accept, ['text/plain', 'application/json']) === 'text/plain';
      return isText && !isOperation && !isAwsClient(request) && !wantsPage(request)
        ? { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${message}\n` }
        : render(request, problem, errorFormOf(request, services));
    },
  };
}

async function renderProblem(
  request: IncomingRequest,
  context: PageContext,
  problem: Problem,
  form: ErrorForm = 'restJson1',
): Promise<WireResponse> {
  if (!wantsPage(request)) return renderServiceError(form, problem, request);
  const { renderError } = await import('./render-error.ts');
  return renderError(problem, request, context);
}
