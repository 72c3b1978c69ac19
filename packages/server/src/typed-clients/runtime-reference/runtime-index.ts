import { runtimeSymbols } from '../../generated/runtime-reference.ts';
import { urlOfLine } from '../source-lines.ts';
import { RUNTIME } from './runtime-name.ts';
import type { RuntimeSymbol, SourcePlace } from './runtime-symbol.ts';

const overview = `/v0.4/docs/${RUNTIME}`;
const byId = new Map(runtimeSymbols.map((symbol) => [symbol.id, symbol]));

/** The pages of the runtime's reference, and what they link to. */
export const runtimeUrls = {
  overview,
  symbol: (id: string): string => `${overview}/${encodeURIComponent(id)}`,
  member: (id: string, member: string): string =>
    `${overview}/${encodeURIComponent(id)}#${encodeURIComponent(member)}`,
  source: ({ file, line }: SourcePlace): string => urlOfLine(`/v0.4/${file}`, line),
};

export function findRuntimeSymbol(id: string): RuntimeSymbol | undefined {
  return byId.get(id);
}

/** @returns the page of what documentation names: an export, or a member as `ApiFactory.close` */
export function urlOfRuntimeName(name: string): string | undefined {
  if (byId.has(name)) return runtimeUrls.symbol(name);
  const [symbol = '', member = ''] = name.split('.');
  const isMember = byId.get(symbol)?.members.some((each) => each.name === member);
  return isMember ? runtimeUrls.member(symbol, member) : undefined;
}

/** @returns the exports whose declarations name the export */
export function usersOf({ id }: RuntimeSymbol): readonly RuntimeSymbol[] {
  return runtimeSymbols.filter(
    (other) => other.id !== id && other.declaration.some(({ symbol }) => symbol === id),
  );
}
