import type { WaiterDefinition } from '@latchkey/smithy';
import { parseDocumentation } from '../documentation/parse.ts';
import type { WaiterReference } from './reference.ts';

type Matcher = WaiterDefinition['acceptors'][number]['matcher'];

export function waiterReference(definition: WaiterDefinition, method: string): WaiterReference {
  const { name, acceptors, minDelay = 2, maxDelay = 120, documentation = '' } = definition;
  return {
    name,
    method,
    documentation: parseDocumentation(documentation),
    minDelay,
    maxDelay,
    acceptors: acceptors.map(({ state, matcher }) => ({ state, words: wordsFor(matcher) })),
  };
}

function wordsFor(matcher: Matcher): string {
  switch (matcher.kind) {
    case 'success':
      return matcher.success ? 'the call succeeds' : 'the call fails';
    case 'errorType':
      return `the call fails with ${matcher.errorType}`;
    default: {
      const { comparator, expected, path } = matcher;
      const found = matcher.kind === 'output' ? path : `${path} of input and output`;
      if (comparator === 'allStringEquals') return `each of ${found} is "${expected}"`;
      if (comparator === 'anyStringEquals') return `one of ${found} is "${expected}"`;
      return `${found} is ${comparator === 'booleanEquals' ? expected : `"${expected}"`}`;
    }
  }
}
