import type { Feature } from '../feature.ts';

/** API Gateway: asks for plain JSON, without which it answers HAL. An `accept` in the input (GetExport) wins. */
export const apiGateway: Feature = {
  request: (request) => ({ ...request, headers: { accept: 'application/json', ...request.headers } }),
};
