import { runtimeSymbols } from '../../../generated/runtime-reference.ts';
import type { RuntimeKind, RuntimeSymbol } from '../../runtime-reference/runtime-symbol.ts';

interface RuntimeGroup {
  /** HTML id of the group's heading on the overview. */
  readonly id: string;
  readonly title: string;
  readonly symbols: readonly RuntimeSymbol[];
}

const isCredentials = ({ entries }: RuntimeSymbol) =>
  entries.some((entry) => entry.startsWith('client/credentials'));
const ofPrograms = runtimeSymbols.filter(({ group }) => group === 'programs');

/** All exports: first those that programs use most. */
export const runtimeGroups: readonly RuntimeGroup[] = [
  { id: 'all-classes', title: 'Classes', symbols: others(isOfKind('class')) },
  { id: 'all-errors', title: 'Errors', symbols: ofPrograms.filter(isOfKind('error')) },
  { id: 'all-credentials', title: 'Credentials', symbols: ofPrograms.filter(isCredentials) },
  {
    id: 'all-functions',
    title: 'Functions and constants',
    symbols: others(isOfKind('function', 'constant')),
  },
  { id: 'all-types', title: 'Interfaces and types', symbols: others(isOfKind('interface', 'type alias')) },
  {
    id: 'all-used',
    title: 'Types that these have',
    symbols: runtimeSymbols.filter(({ group }) => group === 'types'),
  },
  {
    id: 'all-for-modules',
    title: 'For generated modules',
    symbols: runtimeSymbols.filter(({ group }) => group === 'modules'),
  },
];

export const runtimeKindNames: Readonly<Record<RuntimeKind, string>> = {
  class: 'Class',
  error: 'Error',
  function: 'Function',
  interface: 'Interface',
  'type alias': 'Type',
  constant: 'Constant',
};

function isOfKind(...kinds: readonly RuntimeKind[]): (symbol: RuntimeSymbol) => boolean {
  return ({ kind }) => kinds.includes(kind);
}

function others(matches: (symbol: RuntimeSymbol) => boolean): readonly RuntimeSymbol[] {
  return ofPrograms.filter((symbol) => matches(symbol) && !isCredentials(symbol));
}
