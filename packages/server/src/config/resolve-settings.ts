import { readableAccent } from '../branding/accent.ts';
import type { DirectoryConfig } from '../directory/file/declaration.ts';
import type { Config } from './config.ts';
import type { Settings } from './settings-schema.ts';
import type { Path } from './settings-tree.ts';

/**
 * Turns validated settings into the configuration that the server works with.
 *
 * @param resolvePath - returns the absolute path of a file, given as `value` in the setting `at`
 */
export function resolveSettings(
  settings: Settings,
  resolvePath: (value: string, at: Path) => string,
): Omit<Config, 'file'> {
  const { baseUrl, listen, tls, lifetimes, limits, confirmedChange } = settings;
  const { failureWindow, ...counts } = limits;
  return {
    dataDir: resolvePath(settings.dataDir, ['dataDir']),
    baseUrl: baseUrl ?? `${tls === undefined ? 'http' : 'https'}://${localHost(listen.host)}:${listen.port}`,
    listen,
    connections: { keepAliveSeconds: settings.connections.keepAlive },
    ...(tls !== undefined && {
      tls: {
        certFile: resolvePath(tls.certFile, ['tls', 'certFile']),
        keyFile: resolvePath(tls.keyFile, ['tls', 'keyFile']),
      },
    }),
    shutdown: { drainSeconds: settings.shutdown.drain },
    trustedProxies: settings.trustedProxies,
    instance: settings.instance,
    lifetimes: {
      accessTokenSeconds: lifetimes.accessToken,
      sessionSeconds: lifetimes.session,
      signInSessionSeconds: lifetimes.signInSession,
      deviceCookieSeconds: lifetimes.deviceCookie,
      deviceCodeSeconds: lifetimes.deviceCode,
      devicePollIntervalSeconds: lifetimes.devicePollInterval,
      authorizationCodeSeconds: lifetimes.authorizationCode,
      clientRegistrationSeconds: lifetimes.clientRegistration,
      refreshGraceSeconds: lifetimes.refreshGrace,
    },
    limits: { ...counts, failureWindowSeconds: failureWindow },
    passwords: resolvePasswords(settings.passwords, resolvePath),
    grants: settings.grants,
    deviceSignIn: resolveDeviceSignIn(settings.deviceSignIn),
    clients: settings.clients.map(({ name, ...client }) => ({ ...client, name: name ?? client.id })),
    policy: settings.policy.map(resolveRule),
    cors: settings.cors,
    ...(settings.smtp !== undefined && { smtp: resolveSmtp(settings.smtp, resolvePath) }),
    ...(settings.metrics !== undefined && { metrics: settings.metrics }),
    branding: resolveBranding(settings.branding, resolvePath),
    log: settings.log,
    models: settings.models.map((directory, index) => resolvePath(directory, ['models', index])),
    reference: settings.reference,
    ...(confirmedChange !== undefined && { confirmedChange }),
  };
}

/** @returns what validated settings declare of the directory */
export function resolveDeclaration(settings: Settings): DirectoryConfig {
  const { users, groups, accounts, permissionSets, assignments } = settings;
  return {
    users,
    groups,
    accounts,
    permissionSets: permissionSets.map(({ sessionDuration, ...permissionSet }) => ({
      ...permissionSet,
      sessionDurationSeconds: sessionDuration,
    })),
    assignments,
  };
}

function resolveDeviceSignIn({ recentSignIn, ...rest }: Settings['deviceSignIn']): Config['deviceSignIn'] {
  return { ...rest, ...(recentSignIn !== undefined && { recentSignInSeconds: recentSignIn }) };
}

function resolveRule({
  recentSignIn,
  signInSession,
  session,
  ...rest
}: Settings['policy'][number]): Config['policy'][number] {
  return {
    ...rest,
    ...(recentSignIn !== undefined && { recentSignInSeconds: recentSignIn }),
    ...(signInSession !== undefined && { signInSessionSeconds: signInSession }),
    ...(session !== undefined && { sessionSeconds: session }),
  };
}

function resolveSmtp(
  { url, passwordFile, ...smtp }: NonNullable<Settings['smtp']>,
  resolvePath: (value: string, at: Path) => string,
): NonNullable<Config['smtp']> {
  const { protocol, hostname, port } = new URL(url);
  const isTls = protocol === 'smtps:';
  return {
    ...smtp,
    ...{ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (isTls ? 465 : 587), isTls },
    ...(passwordFile !== undefined && {
      passwordFile: resolvePath(passwordFile, ['smtp', 'passwordFile']),
    }),
  };
}

function resolvePasswords(
  { minLength, refusedFile }: Settings['passwords'],
  resolvePath: (value: string, at: Path) => string,
): Config['passwords'] {
  if (refusedFile === undefined) return { minLength };
  return { minLength, refusedFile: resolvePath(refusedFile, ['passwords', 'refusedFile']) };
}

function resolveBranding(
  { accent, accentDark, logo, ...others }: Settings['branding'],
  resolvePath: (value: string, at: Path) => string,
): Config['branding'] {
  const rest = { ...others, ...(logo !== undefined && { logo: resolvePath(logo, ['branding', 'logo']) }) };
  const light = accent ?? accentDark;
  const dark = accentDark ?? accent;
  if (light === undefined || dark === undefined) return rest;
  return { ...rest, accent: { light: readableAccent(light, 'light'), dark: readableAccent(dark, 'dark') } };
}

/** The host by which programs on this machine reach a server: `localhost`, unless that is another address. */
function localHost(host: string): string {
  return /^127\./.test(host) && host !== '127.0.0.1' ? host : 'localhost';
}
