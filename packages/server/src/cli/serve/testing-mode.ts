import type { LoadedConfig } from '../../config/load-config.ts';
import { isLoopback } from '../../net/loopback.ts';
import type { RunningServer, ServerOptions } from '../../server.ts';
import { TestClock } from '../../testing-kit/clock.ts';
import { testingRoutes } from '../../testing-kit/http-routes.ts';
import { CommandError } from '../exit-code.ts';
import { renderSource } from '../render-source.ts';

/** What `latchkey serve --testing` adds to a server. */
export interface TestingMode {
  readonly serverOptions: Pick<ServerOptions, 'now' | 'extraRoutes'>;
  /** To be called once the server has started. @returns what is to be closed before the server */
  attach(server: RunningServer): Promise<Attachment | undefined>;
}

interface Attachment extends AsyncDisposable {
  /** What else to tell the person. */
  readonly advice: string;
}

/**
 * @param privateNamesPort - where AWS's own host names are answered, too; 0: any free port; `undefined`: nowhere
 * @throws {CommandError} when others than programs on this machine could reach the server
 */
export function enterTestingMode(loaded: Loaded, privateNamesPort: number | undefined): TestingMode {
  const wayIn = findWayIn(loaded);
  if (wayIn !== undefined) {
    throw new CommandError(`--testing lets whoever reaches the server sign in as any user: ${wayIn}`);
  }
  console.error(
    'TESTING: any program on this machine can sign in as any user. Never use this in production.',
  );
  const clock = new TestClock();
  const environment = Promise.withResolvers<Readonly<Record<string, string>>>();
  return {
    serverOptions: {
      now: clock.now,
      extraRoutes: (context) => testingRoutes(context, clock, environment.promise),
    },
    async attach(server) {
      if (privateNamesPort === undefined) {
        environment.resolve({});
        return undefined;
      }
      const { openPrivateNames, renderPrivateNames } = await import('./private-names.ts');
      const names = await openPrivateNames(server, privateNamesPort);
      environment.resolve(names.env);
      return { ...names, advice: renderPrivateNames(names) };
    },
  };
}

type Loaded = Pick<LoadedConfig, 'config' | 'sourceOf'>;

/** @returns a setting by which others than programs on this machine could reach the server, and what to change */
function findWayIn({
  config: { listen, baseUrl, tls, trustedProxies },
  sourceOf,
}: Loaded): string | undefined {
  const { protocol, hostname } = new URL(baseUrl);
  if (!isLoopback(listen.host)) {
    return `it must listen on loopback, not on ${listen.host}${renderSource(sourceOf(['listen', 'host']))}`;
  }
  if (tls !== undefined) return `it must serve plain http; remove tls${renderSource(sourceOf(['tls']))}`;
  if (protocol !== 'http:' || !isLoopback(hostname)) {
    return `baseUrl must be http on localhost, not ${baseUrl}${renderSource(sourceOf(['baseUrl']))}`;
  }
  if (trustedProxies.length > 0) {
    return `it must not be behind a reverse proxy; remove trustedProxies${renderSource(sourceOf(['trustedProxies']))}`;
  }
  return undefined;
}
