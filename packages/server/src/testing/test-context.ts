import * as v from 'valibot';
import type { AuditEvent } from '../audit/audit.ts';
import type { Config } from '../config/config.ts';
import { resolveSettings } from '../config/resolve.ts';
import { settingsSchema } from '../config/schema.ts';
import type { Context, Origin } from '../context.ts';
import { Keys } from '../keys/keys.ts';
import { TokenBuckets } from '../limits/token-bucket.ts';
import { buildDirectory } from '../people/build-directory.ts';
import { PasswordChecker } from '../people/password.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { type Span, toMs } from './clock.ts';
import { resolveDirectory, type TestDirectory } from './test-directory.ts';

/** When the still clock of a test context begins. */
export const START_MS = Date.parse('2026-01-01T00:00:00Z');

/** Where requests of a test come from. */
export const origin: Origin = { address: '192.0.2.1', userAgent: 'aws-cli/2.36.12', requestId: 'request-1' };

export interface TestContextOptions extends TestDirectory {
  readonly lifetimes?: Partial<Config['lifetimes']>;
  readonly limits?: Partial<Config['limits']>;
  readonly deviceCode?: boolean;
  readonly startUrls?: readonly string[];
  /** To go on with what another context kept, as after a restart. */
  readonly store?: Store;
  readonly keys?: Keys;
  readonly startMs?: number;
}

/** What the rules work with, without a server around it; its clock stands still until it is moved. */
export interface TestContext extends Context {
  /** What has been recorded, in order. */
  readonly events: readonly AuditEvent[];
  advance(span: Span): void;
  replaceDirectory(directory: TestDirectory): Promise<void>;
}

export async function createTestContext(options: TestContextOptions = {}): Promise<TestContext> {
  const defaults = resolveSettings(v.parse(settingsSchema, {}), (path) => path);
  const config: Config = {
    ...defaults,
    instance: { ...defaults.instance, startUrls: options.startUrls ?? [] },
    lifetimes: { ...defaults.lifetimes, ...options.lifetimes },
    limits: { ...defaults.limits, ...options.limits },
    grants: { deviceCode: options.deviceCode ?? true },
  };
  const instanceId = 'ssoins-7e57000000000001';
  const { limits, lifetimes } = config;
  const startsPerMinute = limits.deviceAuthorizationsPerAddressPerMinute;
  const events: AuditEvent[] = [];
  let nowMs = options.startMs ?? START_MS;
  let directory = buildDirectory(await resolveDirectory(options), instanceId);
  return {
    config,
    instanceId,
    store: options.store ?? openSqliteStore(':memory:'),
    keys: options.keys ?? new Keys([{ id: 1, createdAtMs: START_MS, secret: new Uint8Array(32).fill(1) }]),
    get directory() {
      return directory;
    },
    passwords: new PasswordChecker({ concurrency: limits.concurrentPasswordChecks }),
    audit: { record: (event) => void events.push(event) },
    devicePolls: new TokenBuckets({
      capacity: 3,
      refillMs: lifetimes.devicePollIntervalSeconds * 1000,
      maxKeys: 1000,
    }),
    deviceStarts: new TokenBuckets({
      capacity: startsPerMinute,
      refillMs: 60_000 / startsPerMinute,
      maxKeys: 1000,
    }),
    now: () => nowMs,
    events,
    advance(span) {
      nowMs += toMs(span);
    },
    async replaceDirectory(replacement) {
      directory = buildDirectory(await resolveDirectory(replacement), instanceId);
    },
  };
}
