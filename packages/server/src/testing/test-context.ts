import * as v from 'valibot';
import type { AuditEvent } from '../audit/audit.ts';
import type { Config } from '../config/config.ts';
import { resolveSettings } from '../config/resolve.ts';
import { settingsSchema } from '../config/schema.ts';
import type { Context, Origin } from '../context.ts';
import { createContext } from '../create-context.ts';
import { Keys } from '../keys/keys.ts';
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
    directory: await resolveDirectory(options),
  };
  const events: AuditEvent[] = [];
  let nowMs = options.startMs ?? START_MS;
  const { context, replaceDirectory } = createContext({
    config,
    instanceId: 'ssoins-7e57000000000001',
    store: options.store ?? openSqliteStore(':memory:'),
    keys: options.keys ?? new Keys([{ id: 1, createdAtMs: START_MS, secret: new Uint8Array(32).fill(1) }]),
    audit: { record: (event) => void events.push(event) },
    now: () => nowMs,
  });
  return Object.assign(context, {
    events,
    advance(span: Span) {
      nowMs += toMs(span);
    },
    async replaceDirectory(replacement: TestDirectory) {
      replaceDirectory(await resolveDirectory(replacement));
    },
  });
}
