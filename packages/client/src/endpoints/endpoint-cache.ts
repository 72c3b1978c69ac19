import { ClientError } from '../client-error.ts';
import type { EndpointParams, EndpointResolver } from './endpoint.ts';
import { EndpointError } from './endpoint-error.ts';
import { type Target, targetOf } from './target.ts';

const limit = 500;

/** Cache of resolved endpoints: a service's rules are evaluated once for each set of parameters. */
export class EndpointCache {
  readonly #resolver: EndpointResolver;
  readonly #common: EndpointParams;
  readonly #targets = new Map<string, Target>();

  /** @param common parameters that all calls of the client share */
  constructor(resolver: EndpointResolver, common: EndpointParams) {
    this.#resolver = resolver;
    this.#common = common;
  }

  /** @throws {ClientError} `noEndpoint` with the message of the rules */
  find(params: EndpointParams | undefined, what: string): Target {
    const key = params === undefined ? '' : JSON.stringify(params);
    const known = this.#targets.get(key);
    if (known !== undefined) return known;
    if (this.#targets.size >= limit) this.#targets.clear();
    const target = this.#resolve({ ...this.#common, ...params }, what);
    this.#targets.set(key, target);
    return target;
  }

  #resolve(params: EndpointParams, what: string): Target {
    try {
      return targetOf(this.#resolver.resolve(params));
    } catch (error) {
      if (!(error instanceof EndpointError)) throw error;
      throw new ClientError('noEndpoint', `Cannot call ${what}: ${error.message}`, { cause: error });
    }
  }
}
