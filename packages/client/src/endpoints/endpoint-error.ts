/** No endpoint fits the configuration and the input; the message is that of the service's rules. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError';
}
