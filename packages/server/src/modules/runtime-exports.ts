import { makeRuntimeSource } from './runtime-source.ts';

const PATH = '/v0.4/client/mod.ts';

/** Where what the runtime exports is declared: the path of the file in a URL, by name. */
export async function readRuntimeExports(): Promise<ReadonlyMap<string, string>> {
  const source = (await makeRuntimeSource(PATH))?.body ?? '';
  const lists = source.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)';$/gm);
  return new Map(
    Array.from(lists, ([, names = '', specifier = '']) => {
      const { pathname } = new URL(specifier, `file://${PATH}`);
      return names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
        .map((name) => [name, pathname] as const);
    }).flat(),
  );
}
