/**
 * Sources of credentials as classes, in the form of the aws_api library for Deno. A program takes those it wants, and each
 * loads its source only when it is asked. What they give has the names of both forms: `accessKeyId` and `awsAccessKeyId`.
 *
 * @example
 * ```ts
 * import { EnvironmentCredentials } from '@latchkey/client/credentials';
 *
 * const factory = new ApiFactory({ credentialProvider: new EnvironmentCredentials('CLOUDFLARE_R2') });
 * ```
 */
import { ClientError } from './client-error.ts';
import type { AwsApiCredentials, AwsApiCredentialsProvider } from './credentials/accepted-forms.ts';
import { toCredentials } from './credentials/accepted-forms.ts';
import type {
  CredentialContext,
  CredentialProvider,
  Credentials as Keys,
} from './credentials/credentials.ts';
import { machineProviders } from './credentials/machine-providers.ts';
import { refreshing } from './credentials/refreshing.ts';
import { environment } from './platform/environment.ts';

/** Credentials that a class of this module gives; of those that a program gives, the names of one form are enough. */
export type Credentials = AwsApiCredentials & Partial<Keys>;
/** What gives credentials to an `ApiFactory`, as the classes of this module do: the type that aws_api has under this name. */
export type CredentialsProvider = AwsApiCredentialsProvider;

type Given = AwsApiCredentials & Keys;

/** Makes a class's method `getCredentials` of one of our providers, which is loaded with the first call. */
function asking(load: () => Promise<CredentialProvider>): (context?: CredentialContext) => Promise<Given> {
  const provider = refreshing(async (context) => (await load())(context));
  return async (context) => inBothForms(await provider(context));
}

function inBothForms(keys: Keys): Given {
  const { accessKeyId, secretAccessKey, expiration } = keys;
  return {
    ...keys,
    awsAccessKeyId: accessKeyId,
    awsSecretKey: secretAccessKey,
    ...(expiration && { expiresAt: expiration }),
  };
}

/** Keys in environment variables: `AWS_ACCESS_KEY_ID`, or with another prefix, with those that go with it. */
export class EnvironmentCredentials implements AwsApiCredentialsProvider {
  readonly #ask: (context?: CredentialContext) => Promise<Given>;

  constructor(prefix = 'AWS') {
    this.#ask = asking(async () =>
      (await import('./credentials/from-environment.ts')).fromEnvironment({ prefix }),
    );
  }

  /** @throws {ClientError} `noCredentials`, `badConfiguration` */
  getCredentials(context?: CredentialContext): Promise<Given> {
    return this.#ask(context);
  }
}

/** A profile of the shared configuration files: its keys, role, sign-in or process. */
export class SharedIniFileCredentials implements AwsApiCredentialsProvider {
  readonly #ask: (context?: CredentialContext) => Promise<Given>;

  /**
   * @param options.profile default: `AWS_PROFILE`, then `default`
   * @param options.filename the credentials file. Default: `AWS_SHARED_CREDENTIALS_FILE`, then `~/.aws/credentials`
   * @param options.filedata content of a credentials file, which is read instead of any file; only its keys count
   */
  constructor(
    options: {
      readonly profile?: string | undefined;
      readonly filename?: string | undefined;
      readonly filedata?: string | undefined;
    } = {},
  ) {
    const { profile, filename, filedata } = options;
    this.#ask = asking(async () => {
      if (filedata) {
        const { keysInText } = await import('./credentials/keys-in-text.ts');
        return async () => keysInText(filedata, profile || undefined);
      }
      const fromProfileWithRegion = await machineProviders.profile();
      return fromProfileWithRegion({
        profile: profile || undefined,
        overrides: { AWS_SHARED_CREDENTIALS_FILE: filename || undefined },
      });
    });
  }

  /** @throws {ClientError} `noCredentials`, `badConfiguration`, `credentialsFailed`, `signInRequired` */
  getCredentials(context?: CredentialContext): Promise<Given> {
    return this.#ask(context);
  }
}

/** The agent of a container platform, ECS or EKS. */
export class EcsTaskCredentials implements AwsApiCredentialsProvider {
  readonly #ask: (context?: CredentialContext) => Promise<Given>;

  /** Defaults: `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`, `…_FULL_URI`, `AWS_CONTAINER_AUTHORIZATION_TOKEN`, and the agent of ECS. */
  constructor(
    options: {
      readonly relativeUri?: string | undefined;
      readonly fullUri?: string | undefined;
      readonly serviceEndpoint?: string | undefined;
      readonly authHeader?: string | undefined;
    } = {},
  ) {
    const { authHeader, fullUri, relativeUri, serviceEndpoint } = options;
    this.#ask = asking(async () => {
      const relative = relativeUri || environment('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI');
      const endpoint = serviceEndpoint || environment('AWS_CONTAINER_SERVICE_ENDPOINT');
      const isElsewhere = relative !== undefined && endpoint !== undefined;
      const fromContainer = await machineProviders.container();
      return fromContainer({
        overrides: {
          AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: isElsewhere ? '' : relativeUri || undefined,
          AWS_CONTAINER_CREDENTIALS_FULL_URI: isElsewhere
            ? new URL(relative, endpoint).href
            : fullUri || undefined,
          AWS_CONTAINER_AUTHORIZATION_TOKEN: authHeader || undefined,
          ...(authHeader && { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '' }),
        },
      });
    });
  }

  /** @throws {ClientError} `noCredentials`, `badConfiguration`, `credentialsFailed` */
  getCredentials(context?: CredentialContext): Promise<Given> {
    return this.#ask(context);
  }
}

/** A role that is assumed with an identity provider's token, which is read from a file, as in EKS. */
export class TokenFileWebIdentityCredentials implements AwsApiCredentialsProvider {
  readonly #ask: (context?: CredentialContext) => Promise<Given>;

  /** Defaults: `AWS_ROLE_ARN`, `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_SESSION_NAME`. */
  constructor(
    options: {
      readonly roleArn?: string | undefined;
      readonly tokenPath?: string | undefined;
      readonly sessionName?: string | undefined;
    } = {},
  ) {
    this.#ask = asking(async () =>
      (await machineProviders.webIdentity())({
        overrides: {
          AWS_ROLE_ARN: options.roleArn || undefined,
          AWS_WEB_IDENTITY_TOKEN_FILE: options.tokenPath || undefined,
          AWS_ROLE_SESSION_NAME: options.sessionName || undefined,
        },
      }),
    );
  }

  /** @throws {ClientError} `noCredentials`, `badConfiguration`; `ServiceError` of STS */
  getCredentials(context?: CredentialContext): Promise<Given> {
    return this.#ask(context);
  }
}

/** The role of an EC2 instance, and the instance's region. */
export class EC2MetadataCredentials implements AwsApiCredentialsProvider {
  readonly #ask: (context?: CredentialContext) => Promise<Given>;

  /**
   * Defaults: `AWS_EC2_METADATA_SERVICE_ENDPOINT`, `…_MODE`, and one second.
   *
   * @throws {ClientError} `unsupported` for `client` of the aws_api library
   */
  constructor(
    options: {
      readonly serviceEndpoint?: string | undefined;
      readonly endpointMode?: 'IPv4' | 'IPv6' | undefined;
      readonly timeoutMs?: number | undefined;
    } = {},
  ) {
    if ('client' in options) {
      throw new ClientError(
        'unsupported',
        'Cannot use the option "client": give serviceEndpoint, endpointMode or timeoutMs',
      );
    }
    const { endpointMode, serviceEndpoint, timeoutMs } = options;
    this.#ask = asking(async () =>
      (await machineProviders.instanceMetadata())({
        overrides: {
          AWS_EC2_METADATA_SERVICE_ENDPOINT: serviceEndpoint || undefined,
          AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: endpointMode,
          AWS_METADATA_SERVICE_TIMEOUT: timeoutMs === undefined ? undefined : String(timeoutMs / 1000),
        },
      }),
    );
  }

  /** @throws {ClientError} `noCredentials`, `badConfiguration`, `credentialsFailed` */
  getCredentials(context?: CredentialContext): Promise<Given> {
    return this.#ask(context);
  }
}

/** The first of several sources that has credentials; it is asked again from then on. */
export class CredentialsProviderChain implements AwsApiCredentialsProvider {
  readonly #links: readonly (() => AwsApiCredentialsProvider)[];
  #found: AwsApiCredentialsProvider | undefined;

  constructor(chain: readonly (() => AwsApiCredentialsProvider)[]) {
    this.#links = chain;
  }

  /**
   * @throws {ClientError} `noCredentials` with the reason of each source; what a source of this module throws that is
   *   configured and fails: to go on would mean to act as somebody else
   */
  async getCredentials(context?: CredentialContext): Promise<Given> {
    if (this.#found !== undefined) return this.#ask(this.#found, context);
    const reasons: string[] = [];
    for (const [index, make] of this.#links.entries()) {
      try {
        const provider = make();
        const credentials = await this.#ask(provider, context);
        this.#found = provider;
        return credentials;
      } catch (error) {
        if (
          error instanceof ClientError &&
          error.code !== 'noCredentials' &&
          error.code !== 'permissionDenied'
        )
          throw error;
        reasons.push(`  ${index + 1}: ${error instanceof Error ? error.message : error}`);
      }
    }
    throw new ClientError('noCredentials', ['Cannot find credentials:', ...reasons].join('\n'));
  }

  async #ask(provider: AwsApiCredentialsProvider, context: CredentialContext | undefined): Promise<Given> {
    return inBothForms(
      toCredentials(await provider.getCredentials(context), 'what a provider of the chain gave'),
    );
  }
}

const ask = /* @__PURE__ */ asking(async () =>
  (await import('./credentials/default-chain.ts')).defaultCredentialProvider(),
);

/** The sources that every AWS tool follows, in its order; what an `ApiFactory` asks by default. */
export const DefaultCredentialsProvider: {
  getCredentials(context?: CredentialContext): Promise<Given>;
} = { getCredentials: (context) => ask(context) };

/**
 * Gets credentials from the first of the usual sources that has some, as `DefaultCredentialsProvider` does.
 *
 * @throws {ClientError} what `DefaultCredentialsProvider` throws
 */
export function getDefaultCredentials(): Promise<Given> {
  return ask();
}

/** The region in `AWS_REGION`. @throws {ClientError} `noRegion` when it is not set */
export function getDefaultRegion(): string {
  const region = environment('AWS_REGION');
  if (region !== undefined) return region;
  throw new ClientError('noRegion', 'Cannot find a region: set AWS_REGION, or pass region to the ApiFactory');
}
