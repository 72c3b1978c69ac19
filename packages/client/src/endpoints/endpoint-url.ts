import { EndpointError } from './endpoint-error.ts';

/** Parses an endpoint's URL. @throws {EndpointError} when it is not `http:` or `https:`, or has a query or fragment */
export function endpointUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash)
    throw new EndpointError(`Endpoint "${text}": must be a URL such as https://example.com/path`);
  return url;
}
