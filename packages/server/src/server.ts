import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { logAudit } from './audit/log-audit.ts';
import type { Config } from './config/config.ts';
import type { Context } from './context.ts';
import { startControl } from './control/start-control.ts';
import { createContext } from './create-context.ts';
import type { InstanceData } from './data-folder.ts';
import { startResealing } from './factors/reseal-secrets.ts';
import { withAccessLog } from './http/access-log.ts';
import type { ApiDefinition } from './http/api.ts';
import { withCrossOrigin } from './http/cross-origin.ts';
import { answerOnlyMetrics, healthRoutes } from './http/health.ts';
import { type ConnectionBounds, type Listener, type ListenOptions, listen } from './http/listen.ts';
import { pathLogger } from './http/logged-path.ts';
import { Metrics } from './http/metrics.ts';
import { Readiness } from './http/readiness.ts';
import type { IncomingRequest, Route, ServedResponse } from './http/route.ts';
import { createRouter } from './http/router.ts';
import { Drops } from './limits/drops.ts';
import { type Log, type MessageLog, openLog } from './log/logger.ts';
import { type LinkMail, openLinkMail } from './mail/link-mail.ts';
import { Mailer } from './mail/mailer.ts';
import { openNoticeMail } from './mail/notice-mail.ts';
import { tellPeople } from './notices/tell-people.ts';
import { openInstance } from './open-instance.ts';
import { leadBrowsersAway } from './private-names/lead-browsers-away.ts';
import { findExposedSecrets } from './secret-files.ts';
import { ssoApi } from './sso/api.ts';
import { ssoOidcApi } from './sso-oidc/api.ts';
import { ClockWatch } from './store/clock-watch.ts';
import type { Store, StoreOptions } from './store/store.ts';
import { startSweeping } from './store/sweeping.ts';
import { stsApi } from './sts/api.ts';
import { serveTypedClients, type TypedClients } from './typed-clients/routes.ts';
import { takeChoices } from './web/choices.ts';
import { createFallbacks } from './web/fallbacks.ts';
import { webRoutes } from './web/routes.ts';

/** At most so many programs read the metrics at a time; none sends a body. */
const METRICS_BOUNDS = { maxConnections: 100, maxHeldBodyBytes: 1024 * 1024 };

/** Time for requests in flight after the drain: longer than the 8 seconds after which a store that cannot be reached is given up. */
const FINISH_WITHIN_MS = 10_000;

export interface ServerOptions {
  readonly config: Config;
  /** `ssoins-` + 16 hex digits. */
  readonly instanceId: string;
  /** Whether the configuration file has password hashes, so that only some may read it. Default: no. */
  readonly isConfigSecret?: boolean;
  /** Milliseconds since the Unix epoch. Default: the system's clock. */
  readonly now?: () => number;
  /** Where the master secret of a store in PostgreSQL is. Default: the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Opens the store. Default: PostgreSQL where the configuration names one, else SQLite in the data folder. */
  readonly openStore?: (options: StoreOptions) => Store;
  /** Bounds of connections, where they differ from those of production. */
  readonly connectionBounds?: Partial<ConnectionBounds>;
  /** The longest time to render one client module or page, in milliseconds. Default: 30 seconds. */
  readonly renderTimeoutMs?: number;
  /** Routes that are served beside Latchkey's own. */
  readonly extraRoutes?: (context: Context) => readonly Route[];
}

export interface RunningServer {
  /** The origin people and clients see, e.g. `http://localhost:8484`. */
  readonly url: string;
  /** The port of the listener; where the configuration says 0, the port that the system chose. */
  readonly port: number;
  /** The same, of the address that serves `/metrics`, where it has one of its own. */
  readonly metricsPort?: number;
  readonly context: Context;
  /** Answers a request that came by another listener than the server's own. Never rejects. */
  handle(request: IncomingRequest): Promise<ServedResponse>;
  /** Says that the directory was read, and applied to the store where it could be: the server is ready from now on. */
  directoryLoaded(): void;
  readonly log: MessageLog;
  readonly metrics: Pick<Metrics, 'setRefused'>;
  readonly listener: Pick<Listener, 'certificate' | 'replaceCertificate'>;
  readonly typedClients: Pick<TypedClients, 'forget'>;
  /**
   * Goes on answering for some seconds, while `/readyz` says that the server is stopping, and each answer ends its
   * connection, so that clients and load balancers turn to another server. Then accepts no more connections, and finishes the
   * requests in flight, for 10 seconds at most.
   */
  drain(seconds: number): Promise<void>;
  /** Finishes the requests in flight and closes the store; within a second. */
  close(): Promise<void>;
}

/**
 * Starts an instance.
 *
 * @throws when the address is taken, or the data folder cannot be used
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const log = openLog(options.config.log);
  const metrics = new Metrics();
  const drops = new Drops({
    count: (what) => metrics.countDrop(what),
    log: (line) => log.logger.warn(line, 'dropped: more was asked for than there is room for'),
    now: options.now ?? Date.now,
  });
  const opened = Promise.withResolvers<Instance>();
  // The listener is there before the store is open, and before `/readyz` knows of the directory: what comes until then waits.
  let answer: Instance['handle'] = async (request) => (await opened.promise).handle(request);
  const handle = (request: IncomingRequest) => answer(request);
  let listeners: Listeners | undefined;
  let instance: Instance;
  try {
    const drop = drops.record.bind(drops);
    listeners = await openListeners(options, { log, metrics, handle, drop });
    const config = { ...options.config, baseUrl: withPort(options.config, listeners.main.port) };
    instance = await createInstance({ ...options, config }, { log, metrics, drops });
  } catch (error) {
    log.close();
    await listeners?.close();
    throw error;
  }
  const { main } = listeners;
  const { context, data, readiness, typedClients } = instance;
  const stopSweeping = startSweeping(context.store, {
    now: context.now,
    onFailure: (error) => log.logger.error({ err: error }, 'expired rows could not be removed'),
  });
  const stopResealing = startResealing(context, (error) =>
    log.logger.error({ err: error }, 'secrets could not be sealed anew'),
  );
  const control = await startControl(context.config, { ...context, linkMail: instance.linkMail }, log.logger);
  readiness.awaitDirectory();
  if (await hasDirectory(context.store)) readiness.directoryLoaded();
  answer = instance.handle;
  opened.resolve(instance);
  const announceEnd = () => {
    readiness.stop();
    main.drain();
  };
  return {
    url: context.config.baseUrl,
    port: main.port,
    ...(listeners.metrics !== undefined && { metricsPort: listeners.metrics.port }),
    context,
    handle,
    directoryLoaded: () => readiness.directoryLoaded(),
    log: log.logger,
    metrics,
    listener: main,
    typedClients,
    async drain(seconds) {
      log.logger.info(`Stopping in ${seconds} s: not ready any more, requests are still answered`);
      announceEnd();
      await setTimeout(seconds * 1000);
      await main.close(FINISH_WITHIN_MS);
    },
    async close() {
      announceEnd();
      stopSweeping();
      stopResealing();
      await control.close();
      await listeners.close();
      await typedClients.close();
      await instance.finishTelling();
      await data.close();
      log.close();
    },
  };
}

interface Listeners {
  readonly main: Listener;
  /** Absent where `/metrics` is served beside everything else. */
  readonly metrics?: Listener;
  close(): Promise<void>;
}

/** @throws when an address is taken, with `isOfMetrics` where it is that of the metrics; then nothing listens */
async function openListeners(
  { config, now = Date.now, connectionBounds }: ServerOptions,
  parts: Pick<Instance, 'handle'> &
    Required<Pick<ListenOptions, 'drop'>> & { readonly log: Log; readonly metrics: Metrics },
): Promise<Listeners> {
  const bounds = { keepAliveTimeoutMs: config.connections.keepAliveSeconds * 1000, ...connectionBounds };
  const main = await listen(config, now, parts.handle, bounds, {
    warn: (message, fields) => parts.log.logger.warn(fields, message),
    drop: parts.drop,
    handleRefused: parts.handle,
  });
  if (config.metrics === undefined) return { main, close: () => main.close() };
  const answer = async (request: IncomingRequest) => answerOnlyMetrics(request, parts.metrics);
  const { maxConnections, maxHeldBodyBytes } = METRICS_BOUNDS;
  try {
    const metrics = await listen({ listen: config.metrics, trustedProxies: [] }, now, answer, {
      ...bounds,
      maxConnections,
      maxHeldBodyBytes,
    });
    return {
      main,
      metrics,
      close: async () => {
        await Promise.all([main.close(), metrics.close()]);
      },
    };
  } catch (error) {
    await main.close();
    throw Object.assign(error as Error, { isOfMetrics: true });
  }
}

interface Instance {
  readonly context: Context;
  readonly data: InstanceData;
  readonly readiness: Readiness;
  readonly typedClients: TypedClients;
  /** Absent where nothing is sent by mail. */
  readonly linkMail?: LinkMail;
  /** Waits until what happened is kept, and stops sending mail. */
  finishTelling(): Promise<void>;
  readonly handle: (request: IncomingRequest) => Promise<ServedResponse>;
}

/** Whether a directory was applied wholly, to which a change may be made while requests are answered. */
async function hasDirectory(store: Store): Promise<boolean> {
  return (await store.findSource('file'))?.digest !== undefined;
}

/** The one place where the parts are put together. */
async function createInstance(
  options: ServerOptions,
  { log, metrics, drops }: { readonly log: Log; readonly metrics: Metrics; readonly drops: Drops },
): Promise<Instance> {
  const { config, instanceId, env = process.env, now = Date.now } = options;
  const clock = new ClockWatch(log.logger);
  let readiness: Readiness | undefined;
  let outdated: Error | undefined;
  const data = await openInstance(config, {
    ...{ instanceId, env, now },
    openStore: options.openStore,
    warn: (message) => log.logger.warn(message),
    onFailure: (error) =>
      log.logger.error({ err: error }, 'what the store does in the background failed, and is tried again'),
    onOutdated(error) {
      if (outdated === undefined) log.logger.error(`Not ready any more. ${error.message}`);
      outdated = error;
      readiness?.outdated();
    },
    onClock: (differenceMs) => clock.measured(differenceMs),
    storeOptions: {
      maxPendingDeviceRequests: config.limits.pendingDeviceAuthorizations,
      onDrop: (what, address) => drops.record(what, address),
    },
  });
  for (const warning of findExposedSecrets(config, options.isConfigSecret ?? false)) log.logger.warn(warning);
  const onTellingFailure = (error: unknown) =>
    log.logger.error({ err: error }, 'somebody could not be told of what happened');
  const post = openPost(config, { log, metrics, data, now, onFailure: onTellingFailure });
  const telling = tellPeople(logAudit(log, metrics), {
    ...{ store: data.store, now, onFailure: onTellingFailure },
    ...(post !== undefined && { mail: post.tell }),
  });
  const context = createContext({
    config,
    instanceId,
    keys: data.keys,
    store: data.store,
    audit: telling.audit,
    drops,
    now,
  });
  const typedClients = serveTypedClients(
    {
      baseUrl: config.baseUrl,
      brand: context.brand,
      models: config.models,
      searchIndex: join(config.dataDir, 'search-index.db'),
    },
    {
      now,
      warn: (message) => log.logger.warn(message),
      searchEngines: config.reference.searchEngines,
      onDrop: (address) => drops.record('render', address),
      ...(options.renderTimeoutMs !== undefined && { bounds: { timeoutMs: options.renderTimeoutMs } }),
    },
  );
  readiness = new Readiness(data.store, { now, logger: log.logger, clock });
  if (outdated !== undefined) readiness.outdated();
  const routes = [
    ...webRoutes,
    ...healthRoutes(config.metrics === undefined ? metrics : undefined, readiness),
    ...typedClients.routes,
    ...(options.extraRoutes?.(context) ?? []),
  ];
  const apis = [ssoOidcApi, ssoApi, stsApi];
  const router = createRouter(context, apis, routes, createFallbacks(apis, context));
  const pages = leadBrowsersAway(takeChoices(router, context), config);
  const renderPath = pathLogger([...routes.map(({ path }) => path), ...apis.flatMap(pathsOf)]);
  const logged = withAccessLog(pages, { logger: log.logger, metrics, renderPath, now });
  const answer = withCrossOrigin(pages, logged, config.cors.allowedOrigins);
  const https = config.baseUrl.startsWith('https:');
  return {
    context,
    data,
    readiness,
    typedClients,
    ...(post !== undefined && { linkMail: post.links }),
    async finishTelling() {
      await telling.settle();
      await post?.mailer.close();
    },
    handle: https ? async (request) => withStrictTransport(await answer(request)) : answer,
  };
}

/** What sends mail, if the configuration has a mail server. */
function openPost(
  config: Config,
  {
    log,
    metrics,
    data,
    ...parts
  }: {
    readonly log: Log;
    readonly metrics: Metrics;
    readonly data: InstanceData;
    readonly now: () => number;
    readonly onFailure: (error: unknown) => void;
  },
):
  | {
      readonly mailer: Mailer;
      readonly links: LinkMail;
      readonly tell: ReturnType<typeof openNoticeMail>;
    }
  | undefined {
  if (config.smtp === undefined) return undefined;
  const mailer = new Mailer(config.smtp, {
    count: (outcome) => metrics.countMail(outcome),
    warn: (line) => log.logger.warn(line),
  });
  const { keys, store } = data;
  return {
    mailer,
    links: openLinkMail(mailer, config),
    tell: openNoticeMail({ ...parts, mailer, config, keys, store }),
  };
}

/** The paths of an API's operations, as its model has them. */
function pathsOf({ service }: ApiDefinition): readonly string[] {
  return Object.values(service.operations).map(({ http }) => http?.uri ?? '/');
}

/** Tells browsers to come back over https only (HTTP Strict Transport Security, RFC 6797). */
function withStrictTransport(response: ServedResponse): ServedResponse {
  return { ...response, headers: { ...response.headers, 'strict-transport-security': 'max-age=31536000' } };
}

/** The base URL with the port of the listener, where the configuration left the port to the system. */
function withPort({ baseUrl, listen: { port: asked } }: Config, port: number): string {
  return asked === 0 ? baseUrl.replace(/:0$/, `:${port}`) : baseUrl;
}
