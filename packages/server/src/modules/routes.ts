import type { Route } from '../http/route.ts';
import type { MakerSettings } from './making.ts';
import type { ModuleServer } from './module-server.ts';

export interface Modules {
  readonly routes: readonly Route[];
  close(): Promise<void>;
}

/** Serves what is made from models. Loaded when somebody first asks, as most only sign in. */
export function serveModules(settings: MakerSettings, now: () => number): Modules {
  let loading: Promise<ModuleServer> | undefined;
  const load = () => {
    loading ??= import('./module-server.ts').then(({ ModuleServer }) => new ModuleServer(settings, now));
    return loading;
  };
  const paths = ['/v0.4', '/v0.4/*', '/.well-known/deno-import-intellisense.json'];
  return {
    routes: paths.map((path) => ({
      method: 'GET',
      path,
      handle: async (request) => (await load()).answer(request),
    })),
    close: async () => (await loading)?.close(),
  };
}
