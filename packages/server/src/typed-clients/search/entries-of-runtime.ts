import { textOf } from '@latchkey/codegen';
import { runtimeSymbols } from '../../generated/runtime-reference.ts';
import { documentationOf, summaryOf } from '../runtime-reference/describe-comment.ts';
import { RUNTIME } from '../runtime-reference/runtime-name.ts';
import type { DocComment, RuntimeMember } from '../runtime-reference/runtime-symbol.ts';
import { plainText } from './plain-text.ts';
import type { SearchEntry, SearchedService, SearchKind } from './search-entry.ts';

/** The runtime of all clients, which is searched as if it were a service. */
export const searchedRuntime: SearchedService = {
  moduleName: RUNTIME,
  className: RUNTIME,
  title: 'Runtime of all typed clients',
  otherNames: ['runtime', '@latchkey/client'],
  rank: 0,
};

export function entriesOfRuntime(): readonly SearchEntry[] {
  return [
    {
      kind: 'service',
      symbol: searchedRuntime.title,
      summary: 'What the modules of all services run on: calls, credentials, endpoints, retries, errors.',
      text: '',
    },
    ...runtimeSymbols.flatMap(({ comment, id, kind, members }) => [
      entryOf(kind, id, comment),
      ...members
        .filter(({ name }) => /^[a-z]\w*$/i.test(name) && name !== 'new')
        .map((member) => entryOf(kindOf(member), id, member.comment, member.name)),
    ]),
  ];
}

function kindOf({ kind }: RuntimeMember): SearchKind {
  return kind === 'constructor' ? 'method' : kind;
}

function entryOf(kind: SearchKind, symbol: string, comment: DocComment, member?: string): SearchEntry {
  const summary = textOf(summaryOf(comment)).replaceAll(/\s+/g, ' ').trim();
  const text = plainText(documentationOf(comment.text));
  return { kind, symbol, ...(member !== undefined && { member }), summary, text };
}
