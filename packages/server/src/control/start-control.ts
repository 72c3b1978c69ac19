import manifest from '../../package.json' with { type: 'json' };
import { logKeptEvents } from '../audit/kept-events.ts';
import type { Config } from '../config/config.ts';
import type { Context } from '../context.ts';
import type { Logger } from '../log/logger.ts';
import { type ControlServer, serveControl } from './serve-control.ts';
import { openStoreDirectory } from './store-directory.ts';
import type { StoreLinksParts } from './store-links.ts';

/**
 * Lets commands reach this server, and puts into its log what they have done while none ran. Where the socket cannot be made, the server runs all the same, and the log says so; on
 * Windows, where there are no such sockets, commands need the server to be stopped.
 */
export async function startControl(
  { dataDir, file, baseUrl }: Pick<Config, 'dataDir' | 'file' | 'baseUrl'>,
  {
    store,
    audit,
    now,
    instanceId,
    linkMail,
  }: Pick<Context, 'store' | 'audit' | 'now' | 'instanceId'> & Pick<StoreLinksParts, 'linkMail'>,
  logger: Logger,
): Promise<ControlServer> {
  await logKeptEvents(dataDir, audit, (message) => logger.warn(message)).catch((error: unknown) =>
    logger.error({ err: error }, 'audit events of commands could not be logged'),
  );
  const none = { close: async () => {} };
  if (process.platform === 'win32') return none;
  const host = { release: manifest.version, instanceId, ...(file !== undefined && { configFile: file }) };
  const directory = openStoreDirectory({ store, audit, now, host, baseUrl, linkMail });
  try {
    return await serveControl(dataDir, directory, {
      onFailure: (error) => logger.error({ err: error }, 'a command failed'),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    logger.warn(`Commands cannot reach this server, and need it to be stopped: ${reason}`);
    return none;
  }
}
