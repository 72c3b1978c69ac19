import type { DirectoryConfig } from '../people/directory.ts';

/**
 * The whole configuration, resolved: every default filled in, every duration a number of seconds, every path absolute.
 * How it is written, and its defaults, are in `settings-schema.ts`.
 */
export interface Config {
  /** The file it was read from; absent when there is none. */
  readonly file?: string;
  /** Absolute path of the data folder: database, keys, and the configuration made on first start. */
  readonly dataDir: string;
  /** The origin people and clients see, without a trailing slash, e.g. `http://localhost:8484`; unless
   * configured it has `listen.port`, even 0. */
  readonly baseUrl: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** Paths of PEM files. Absent: plain HTTP, allowed on loopback or behind `trustedProxies` only. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** CIDR blocks of reverse proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly instance: {
    /** `ssoins-` + 16 hex digits. Absent: made on first start and kept in the data folder. */
    readonly id?: string;
    /** E.g. `us-east-1`. */
    readonly region: string;
    /** Further start URLs this instance answers to, compared leniently. */
    readonly startUrls: readonly string[];
  };
  readonly lifetimes: Lifetimes;
  readonly limits: Limits;
  readonly grants: {
    /** Whether `StartDeviceAuthorization` is offered. */
    readonly deviceCode: boolean;
  };
  readonly cors: {
    /** Origins whose pages may call the APIs; `*` for any. */
    readonly allowedOrigins: readonly string[];
  };
  readonly log: {
    readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
    /** `auto`: text when standard error is a terminal, JSON otherwise. */
    readonly format: 'auto' | 'json' | 'text';
  };
  /** Absolute paths of directories of Smithy models, besides Latchkey's own. */
  readonly models: readonly string[];
  readonly directory: DirectoryConfig;
}

/** All in seconds. */
export interface Lifetimes {
  /** An access token; more than 900, or botocore refreshes it on every call. */
  readonly accessTokenSeconds: number;
  /** From approval until a client must sign in again; refresh tokens end with it. */
  readonly sessionSeconds: number;
  /** A browser's sign-in session. */
  readonly signInSessionSeconds: number;
  /** A device code and its user code. */
  readonly deviceCodeSeconds: number;
  /** Between two polls for a device code. */
  readonly devicePollIntervalSeconds: number;
  /** An authorization code. */
  readonly authorizationCodeSeconds: number;
  /** A client registration. */
  readonly clientRegistrationSeconds: number;
  /** How long a rotated refresh token, or a redeemed code, still yields the same successor. */
  readonly refreshGraceSeconds: number;
}

/** Bounds on what anyone can make the server do or keep. */
export interface Limits {
  /** Wrong passwords for one user before further tries wait for the window to pass. */
  readonly passwordFailuresPerUser: number;
  /** Wrong passwords from one address (IPv6: one /64). */
  readonly passwordFailuresPerAddress: number;
  /** Wrong user codes by one signed-in user. */
  readonly userCodeFailuresPerUser: number;
  /** Wrong user codes from one address. */
  readonly userCodeFailuresPerAddress: number;
  /** How long a failure counts. */
  readonly failureWindowSeconds: number;
  /** Device authorizations one address may start in a minute; then `SlowDownException`. */
  readonly deviceAuthorizationsPerAddressPerMinute: number;
  /** Unanswered device authorizations kept at once, over all addresses. */
  readonly pendingDeviceAuthorizations: number;
  /** Password verifications (argon2id) at once; more wait in a short queue, then are refused. */
  readonly concurrentPasswordChecks: number;
}
