import { isLoopback } from '../config/exposure.ts';
import type { ServerOptions } from '../server.ts';
import { TestClock } from './clock.ts';
import { testingRoutes } from './http-routes.ts';

/**
 * What `latchkey serve --testing` starts: an instance with a clock that can be moved, and the routes to move it and to
 * sign in as anyone.
 *
 * @throws when it would listen on anything but loopback
 */
export function testingMode(options: ServerOptions): ServerOptions {
  const { host } = options.config.listen;
  if (!isLoopback(host)) {
    throw new Error(
      `Testing mode lets anyone sign in as anyone, so it listens on loopback only: "${host}" is not, use 127.0.0.1`,
    );
  }
  const clock = new TestClock();
  return { ...options, now: clock.now, extraRoutes: (context) => testingRoutes(context, clock) };
}
