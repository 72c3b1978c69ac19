import type { Feature } from '../feature.ts';

/** API Gateway answers with HAL unless it is asked for plain JSON. */
export const apiGateway: Feature = {
  request: (request) => ({ ...request, headers: { ...request.headers, accept: 'application/json' } }),
};
