import type { WireResponse } from '@latchkey/wire';
import type { IncomingRequest } from '../http/route.ts';
import type { Fallbacks } from '../http/router.ts';

interface Problem {
  readonly status: number;
  /** For clients of AWS APIs. */
  readonly type: string;
  readonly heading: string;
  readonly message: string;
  /** For a program's developer, where a person at a browser is told something else. */
  readonly detail?: string;
}

/** What nothing else answers: a page for a browser, an error in AWS's form for everything else. */
export const fallbacks: Fallbacks = {
  notFound: (request) =>
    render(request, {
      status: 404,
      type: 'UnknownOperationException',
      heading: 'There is no such page',
      message: 'The address may be mistyped, or from an older link.',
      detail:
        'No operation has this method and path: check the endpoint, which is the address without a path',
    }),
  methodNotAllowed: async (request, allowed) => {
    const response = await render(request, {
      status: 405,
      type: 'MethodNotAllowedException',
      heading: 'That cannot be done here',
      message: `This address does not take ${request.method}; it takes ${allowed.join(', ')}.`,
    });
    return { ...response, headers: { ...response.headers, allow: allowed.join(', ') } };
  },
  tooLarge: (request) =>
    render(request, {
      status: 413,
      type: 'RequestEntityTooLargeException',
      heading: 'That was too much at once',
      message: 'The form that was sent is longer than 65536 bytes, the most that is taken.',
    }),
  failed: (request) =>
    render(request, {
      status: 500,
      type: 'InternalServerException',
      heading: 'Something failed here',
      message: 'It is not your fault. Please try again in a moment.',
    }),
};

async function render(
  request: IncomingRequest,
  { type, detail, ...problem }: Problem,
): Promise<WireResponse> {
  const { requestId } = request.origin;
  if (request.headers.accept?.includes('text/html')) {
    const { renderError } = await import('./render-error.ts');
    return renderError(problem, requestId);
  }
  return {
    status: problem.status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-amzn-errortype': type,
      'x-amzn-requestid': requestId,
    },
    body: JSON.stringify({ __type: type, message: detail ?? problem.message }),
  };
}
