import type { ApiFactoryOptions } from './api-factory-options.ts';
import { CoreApiFactory } from './core-api-factory.ts';
import { defaultCredentialProvider } from './credentials/default-chain.ts';

/**
 * Makes service clients that share its credentials, connections and settings. Where no option gives credentials, it looks for them
 * where every AWS tool does.
 *
 * @example
 * ```ts
 * const factory = new ApiFactory({ region: 'eu-central-1' });
 * const dynamodb = factory.makeNew(DynamoDB);
 * ```
 */
export class ApiFactory extends CoreApiFactory {
  /** @throws {ClientError} `unsupported` for `extras` of the aws_api library */
  constructor(options: ApiFactoryOptions = {}) {
    super(options, defaultCredentialProvider);
  }
}
