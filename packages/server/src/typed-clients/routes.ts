import type { Route } from '../http/route.ts';
import { aliasedPaths } from './aliases.ts';
import type { RenderSettings } from './render-messages.ts';
import type { TypedClientHandler, TypedClientOptions } from './typed-client-handler.ts';

export interface TypedClients {
  readonly routes: readonly Route[];
  /** Serves everything from the models as they are now. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** Serves client modules, their reference and their runtime. Loaded with the first request, as most people only sign in. */
export function serveTypedClients(settings: RenderSettings, options: TypedClientOptions): TypedClients {
  let loading: Promise<TypedClientHandler> | undefined;
  const load = () => {
    loading ??= import('./typed-client-handler.ts').then(
      ({ TypedClientHandler }) => new TypedClientHandler(settings, options),
    );
    return loading;
  };
  const paths = [
    ...['/v0.4', ...aliasedPaths].flatMap((path) => [path, `${path}/*`]),
    '/x/*',
    '/.completions/*',
    '/.well-known/deno-import-intellisense.json',
  ];
  return {
    routes: paths.map((path) => ({
      method: 'GET',
      path,
      handle: async (request) => (await load()).answer(request),
    })),
    forget: async () => (await loading)?.forget(),
    close: async () => (await loading)?.close(),
  };
}
