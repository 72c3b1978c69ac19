import { preferredType, type WireResponse } from '@latchkey/wire';
import type { Brand } from '../branding/brand.ts';
import type { ApiDefinition } from '../http/api.ts';
import { type IncomingRequest, MAX_BODY_BYTES } from '../http/route.ts';
import type { Fallbacks } from '../http/router.ts';
import { isAwsClient, wantsPage } from '../unserved/aws-client.ts';
import { errorFormOf } from '../unserved/error-form-of.ts';
import { type ErrorForm, renderServiceError, renderUnknownOperation } from '../unserved/error-forms.ts';
import { unknownPathMessage, unservedMessage } from '../unserved/served-apis.ts';
import { findUnservedCall } from '../unserved/unserved-call.ts';

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
  readonly heading: string;
  readonly message: string;
  /** Message for the developer of a client, where it differs from the one on the page. */
  readonly detail?: string;
}

/**
 * Makes the answers to requests that no route takes, or whose route failed: a page for browsers, an error in AWS's form for
 * other clients, and for a call of an API that is not served here an error in the protocol of that API.
 *
 * @param apis - the APIs that are served, which the errors name
 */
export function createFallbacks(apis: readonly ApiDefinition[], brand: Brand): Fallbacks {
  const render = (request: IncomingRequest, problem: Problem, form?: ErrorForm) =>
    renderProblem(request, brand, problem, form);
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
        heading: 'There is no such page',
        message: 'The address may be mistyped, or from an older link.',
        detail: unknownPathMessage(request, apis),
      }),
    methodNotAllowed: async (request, allowed) => {
      const message = `This address does not take ${request.method}; it takes ${allowed.join(', ')}.`;
      const response = await render(request, {
        status: 405,
        name: 'MethodNotAllowedException',
        heading: 'That cannot be done here',
        message,
        detail: `${message} ${unknownPathMessage(request, apis)}`,
      });
      return { ...response, headers: { ...response.headers, allow: allowed.join(', ') } };
    },
    tooLarge: (request) =>
      render(request, {
        status: 413,
        name: 'RequestEntityTooLargeException',
        heading: 'That was too much at once',
        message: `The form that was sent is longer than ${MAX_BODY_BYTES} bytes, the most that is taken.`,
      }),
    failed: (request) =>
      render(request, {
        status: 500,
        name: 'InternalServerException',
        heading: 'Something failed here',
        message: 'It is not your fault. Please try again in a moment.',
      }),
    refused(request, { status, message }, isOperation) {
      const problem = {
        status,
        name: refusalNames[status] ?? 'BadRequestException',
        heading: status === 503 ? 'Too much is going on here' : 'This request was refused',
        message: `${message}.`,
        detail: message,
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
  brand: Brand,
  problem: Problem,
  form: ErrorForm = 'restJson1',
): Promise<WireResponse> {
  const { name, heading, message, detail = message, status } = problem;
  if (!wantsPage(request)) return renderServiceError(form, { name, message: detail, status }, request);
  const { renderError } = await import('./render-error.ts');
  return renderError({ status, heading, message }, request, brand);
}
