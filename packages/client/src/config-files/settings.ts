import { ClientError } from '../client-error.ts';
import { platform } from '../platform/platform.ts';
import { configuredEndpoint } from './configured-endpoint.ts';
import {
  chosenProfile,
  faultOf,
  firstSetting,
  loadSharedConfig,
  type Section,
  type SharedConfig,
  wantedProfile,
} from './shared-config.ts';
import { type Environment, environmentOf, type Variables } from './variables.ts';

export interface SettingsOptions {
  /** Default: `AWS_PROFILE`, then `default`. */
  readonly profile?: string | undefined;
  /** Default: the environment of the process. */
  readonly env?: Variables | undefined;
}

/** Settings of clients from environment and profile, as they are written there. `ClientSettings` are the resolved ones. */
export interface Settings {
  /** `AWS_REGION`, then the profile's region. */
  readonly region: string | undefined;
  /** Why a profile that nobody asked for gives no settings: botocore refuses it. To be thrown where one is missing. */
  readonly fault?: ClientError | undefined;
  /** Endpoint URL of a service, by its id, e.g. `SSO OIDC`. */
  endpointUrl(serviceId: string): string | undefined;
  /**
   * A setting by its key in the file, e.g. `max_attempts` or `use_dualstack_endpoint`; `AWS_<KEY>` wins.
   * With a block: one nested in it, e.g. `addressing_style` in `s3`, which only a profile can have.
   */
  value(key: string, block?: string): string | undefined;
}

const none = new Map<string, never>();
const noFiles: SharedConfig = { files: 'any file', profiles: none, ssoSessions: none, services: none };

/**
 * Reads the settings from environment and shared configuration files. A runtime without files has only those of the
 * environment; so has Deno where it may not read the files and nobody asks for a profile.
 *
 * @throws {ClientError} `badConfiguration` when the profile asked for is not there, or with file and line where botocore
 *   refuses it; `permissionDenied` where Deno may not read the files and a profile was asked for
 */
export async function loadSettings(options: SettingsOptions = {}): Promise<Settings> {
  const env = environmentOf(options.env);
  const wanted = wantedProfile(env, options.profile);
  const config = platform === 'web' ? noFiles : await loadSharedConfig(env).catch(orNone(wanted));
  return settingsOf(env, config, [chosenProfile(config, env, options.profile)]);
}

function orNone(wantedProfile: string | undefined): (error: unknown) => SharedConfig {
  return (error) => {
    const isDenied = error instanceof ClientError && error.code === 'permissionDenied';
    if (isDenied && wantedProfile === undefined) return noFiles;
    throw error;
  };
}

/** @param profiles in order of precedence */
export function settingsOf(env: Environment, config: SharedConfig, profiles: readonly Section[]): Settings {
  const inProfile = (key: string) => firstSetting(profiles, key);
  return {
    fault: profiles.map(faultOf).find((fault) => fault !== undefined),
    region: env('AWS_REGION') ?? env('AWS_DEFAULT_REGION') ?? inProfile('region'),
    endpointUrl: (serviceId) => configuredEndpoint(serviceId, env, config, profiles),
    value(key, block) {
      if (block === undefined) return env(`AWS_${key.toUpperCase()}`) ?? inProfile(key);
      return profiles.map(({ nested }) => nested.get(block)?.get(key)).find((value) => value !== undefined);
    },
  };
}
