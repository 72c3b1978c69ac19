import { settingsOf } from '../config-files/settings.ts';
import {
  chosenProfile,
  loadSharedConfig,
  type NamedProfile,
  type SharedConfig,
} from '../config-files/shared-config.ts';
import { type Environment, environmentOf } from '../config-files/variables.ts';
import type { CredentialContext } from './credentials.ts';
import type { ProfileOptions } from './provider-options.ts';
import type { Caller } from './services/service-call.ts';

/** What a provider reads before it decides: environment, shared configuration, profile. */
export interface Surroundings {
  readonly env: Environment;
  readonly config: SharedConfig;
  /** Profile that was asked for. It may refer to others. */
  readonly chosen: NamedProfile;
  readonly context: CredentialContext | undefined;
}

export async function readSurroundings(
  { env: variables, overrides, profile }: ProfileOptions,
  context: CredentialContext | undefined,
): Promise<Surroundings> {
  const env = environmentOf(variables, overrides);
  const config = await loadSharedConfig(env);
  return { env, config, chosen: chosenProfile(config, env, profile), context };
}

/** How a provider calls a service for a profile. Settings that this profile lacks come from the profile asked for. */
export function callerOf(
  region: string,
  profile: NamedProfile,
  { env, config, chosen, context }: Surroundings,
): Caller {
  return { region, settings: settingsOf(env, config, [profile, chosen]), context };
}

/** How a provider calls STS: in the region of the client, or else of the profile. */
export function stsCallerOf(profile: NamedProfile, surroundings: Surroundings): Caller {
  const { env, config, chosen, context } = surroundings;
  const { region } = settingsOf(env, config, [profile, chosen]);
  return callerOf(context?.region ?? region ?? 'us-east-1', profile, surroundings);
}

/** Role session name, which appears in the account's logs. Default: one with the current time. */
export function sessionName({ env, context }: Surroundings): string {
  return env('AWS_ROLE_SESSION_NAME') ?? `latchkey-client-${(context?.now ?? Date.now)()}`;
}
