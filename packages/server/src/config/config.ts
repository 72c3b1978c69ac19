import type { Accent } from '../branding/accent.ts';
import type { OperatorText } from '../branding/operator-text.ts';
import type { LanguageTag } from '../language-tags.ts';

/**
 * The settings, resolved: every default filled in, every duration a number of seconds, every path absolute. What the file
 * declares of the directory is not in it.
 * `settings-schema.ts` says how it is written, and has the defaults.
 */
export interface Config {
  /** The configuration file; absent when there is none. */
  readonly file?: string;
  /** Absolute path of the data folder: database, keys, and the configuration made on first start. */
  readonly dataDir: string;
  /** Connection URL of a PostgreSQL database: a secret, which nothing prints. Absent: the store is SQLite in the data folder. */
  readonly store?: string;
  /** Absolute path of the file that `store` was read from. */
  readonly storeFile?: string;
  /**
   * The origin at which people and clients reach the server, without a trailing slash, e.g. `http://localhost:8484`. The
   * default has `listen.port`, also when that is 0.
   */
  readonly baseUrl: string;
  readonly listen: {
    /** Address or host name. `localhost` means both loopback addresses. */
    readonly host: string;
    readonly port: number;
  };
  readonly connections: {
    /** Time for which a connection is kept open between two requests. */
    readonly keepAliveSeconds: number;
  };
  /** Paths of PEM files. Absent: plain HTTP, allowed on loopback or behind `trustedProxies` only. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  readonly shutdown: {
    /** Time for which the server goes on answering after SIGTERM, not ready any more. */
    readonly drainSeconds: number;
  };
  /** CIDR blocks of reverse proxies whose `X-Forwarded-For` is trusted. */
  readonly trustedProxies: readonly string[];
  readonly instance: {
    /** `ssoins-` + 16 hex digits. Absent: made on first start and kept in the data folder. */
    readonly id?: string;
    /** E.g. `us-east-1`. */
    readonly region: string;
    /** Start URLs that the instance accepts besides its own, compared leniently. */
    readonly startUrls: readonly string[];
  };
  readonly lifetimes: Lifetimes;
  readonly limits: Limits;
  readonly passwords: {
    /** Fewest characters of a new password. */
    readonly minLength: number;
    /** Absolute path of a file of passwords that are refused, or of their hashes. */
    readonly refusedFile?: string;
  };
  readonly grants: {
    /** Whether the device code grant (`StartDeviceAuthorization`) is offered. */
    readonly deviceCode: boolean;
  };
  readonly deviceSignIn: DeviceSignIn;
  /** Confidential clients that the operator knows, beside those that register themselves. */
  readonly clients: readonly KnownClient[];
  /** What people must show, from where, and for how long that is good. Every rule that applies must be met. */
  readonly policy: readonly PolicyRule[];
  readonly cors: {
    /** Web origins whose pages may call the APIs; `*` means any. */
    readonly allowedOrigins: readonly string[];
  };
  /** The mail server. Absent: nothing is sent by mail. */
  readonly smtp?: {
    readonly host: string;
    readonly port: number;
    /** Whether the connection begins with TLS. */
    readonly isTls: boolean;
    readonly from: string;
    readonly user?: string;
    /** Absolute path of the file with the password of the user. */
    readonly passwordFile?: string;
    readonly language: LanguageTag;
    readonly allowUnencrypted: boolean;
  };
  /** Where `/metrics` is served, over plain HTTP. Absent: at `listen`, beside everything else. */
  readonly metrics?: { readonly host: string; readonly port: number };
  readonly branding: {
    readonly name: string;
    /** Absolute path of an SVG or PNG file. */
    readonly logo?: string;
    /** Absent: Latchkey's own colours. */
    readonly accent?: Accent;
    readonly supportUrl?: string;
    /** Absent: `Help`, in the language of the page. */
    readonly supportText?: OperatorText;
    /** Plain text, with line breaks. */
    readonly message?: OperatorText;
  };
  readonly log: {
    readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
    /** `auto`: text when standard error is a terminal, JSON otherwise. */
    readonly format: 'auto' | 'json' | 'text';
  };
  /** Absolute paths of directories of Smithy models, besides Latchkey's own. */
  readonly models: readonly string[];
  readonly reference: {
    /** Whether search engines may list the reference of typed clients. */
    readonly searchEngines: boolean;
  };
  /** Name of a change of the directory that the guard against accidents refused, and that is meant. */
  readonly confirmedChange?: string;
}

/** Who may sign in a device by a user code. What is absent limits nobody. */
export interface DeviceSignIn {
  /** Names of the groups whose members alone may allow a device. */
  readonly groups?: readonly string[];
  /** CIDR blocks or addresses from which alone people may allow a device. */
  readonly networks?: readonly string[];
  /** Ids of the known clients that alone may ask for a device code. */
  readonly clients?: readonly string[];
  /** Longest time since a person signed in who allows a device. */
  readonly recentSignInSeconds?: number;
  /** Whether a device may be allowed only from the network that it is in itself. */
  readonly sameNetwork: boolean;
}

/** A rule of the policy. A list that is absent names everything of its kind. `policy/` says what a rule applies to. */
export interface PolicyRule {
  readonly name?: string;
  /** Names of the groups to whose members it applies. */
  readonly groups?: readonly string[];
  /** Names of the permission sets to whose role credentials it applies, and to nothing else. */
  readonly permissionSets?: readonly string[];
  /** Ids of the known clients to which alone it applies; `unknown` for those that registered themselves. */
  readonly clients?: readonly string[];
  readonly factors?: 'secondFactor' | 'passkey';
  readonly recentSignInSeconds?: number;
  /** CIDR blocks or addresses. */
  readonly networks?: readonly string[];
  readonly signInSessionSeconds?: number;
  readonly sessionSeconds?: number;
}

/** A confidential client that the operator knows. */
export interface KnownClient {
  readonly id: string;
  readonly name: string;
  /** `sha256:` and 43 characters (keys/secret-hash.ts). */
  readonly secretHash: string;
}

/** All in seconds. */
export interface Lifetimes {
  /** Of an access token. At most 900, botocore would refresh it on every call. */
  readonly accessTokenSeconds: number;
  /** Of an SSO session: from approval until the client must ask for approval again. Refresh tokens end with it. */
  readonly sessionSeconds: number;
  /** Of a sign-in session in a browser. */
  readonly signInSessionSeconds: number;
  /** Of a device cookie, which remembers that a person signed in with a browser. */
  readonly deviceCookieSeconds: number;
  /** Of a device code and its user code. */
  readonly deviceCodeSeconds: number;
  /** Shortest time between two polls with the same device code. */
  readonly devicePollIntervalSeconds: number;
  /** Of an authorization code. */
  readonly authorizationCodeSeconds: number;
  /** Of a client registration. */
  readonly clientRegistrationSeconds: number;
  /** Time after its use in which a code or refresh token still yields the current tokens of its session. */
  readonly refreshGraceSeconds: number;
}

/** Limits on what clients and strangers can make the server do or store. */
export interface Limits {
  /** Wrong passwords for one user within the failure window before further ones are refused unchecked. */
  readonly passwordFailuresPerUser: number;
  /** The same, from one client address (IPv6: one /64). */
  readonly passwordFailuresPerAddress: number;
  /**
   * Wrong user codes, the last letters alone included, by one signed-in user within the failure window before further ones are
   * refused unchecked. Wrong hosts of redirect URIs have the same limit, counted apart.
   */
  readonly userCodeFailuresPerUser: number;
  /** The same, from one client address (IPv6: one /64). */
  readonly userCodeFailuresPerAddress: number;
  /** Length of the failure window: the time for which wrong passwords and user codes are counted. */
  readonly failureWindowSeconds: number;
  /** Device authorizations that one client address may start in a minute; then `SlowDownException`. */
  readonly deviceAuthorizationsPerAddressPerMinute: number;
  /** Device authorizations that wait for an answer at the same time, from all client addresses together. */
  readonly pendingDeviceAuthorizations: number;
  /** Password checks (argon2id) at the same time. More wait in a short queue; beyond that they are refused. */
  readonly concurrentPasswordChecks: number;
}
