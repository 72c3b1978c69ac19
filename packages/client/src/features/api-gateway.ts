import type { Feature } from '../feature.ts';

/** API Gateway answers with HAL unless it is asked for plain JSON; or for what the caller wants, as an export has it. */
export const apiGateway: Feature = {
  request: (request) => ({ ...request, headers: { accept: 'application/json', ...request.headers } }),
};
