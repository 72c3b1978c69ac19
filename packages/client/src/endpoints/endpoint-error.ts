/** Thrown when no endpoint fits configuration and input. The message comes from the service's endpoint rules. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError';
}
