import { textOf } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { Rendered } from '../../render-messages.ts';
import { summaryOf } from '../../runtime-reference/describe-comment.ts';
import { runtimeUrls, usersOf } from '../../runtime-reference/runtime-index.ts';
import type { RuntimeMember, RuntimeSymbol } from '../../runtime-reference/runtime-symbol.ts';
import { nameHeading } from '../breakable.ts';
import { codeBlock } from '../reference/code.ts';
import { anchor, heading } from '../reference/heading.ts';
import { renderRuntimeCode, renderRuntimeSource } from './runtime-code.ts';
import { renderComment } from './runtime-comment.ts';
import { runtimeKindNames } from './runtime-groups.ts';
import { renderRuntimeReferencePage } from './runtime-reference-page.ts';

/** The page of an export of the runtime. */
export function renderRuntimeSymbolPage(symbol: RuntimeSymbol, baseUrl: string): Promise<Rendered> {
  const { comment, declaration, id, kind, name, source } = symbol;
  return renderRuntimeReferencePage({
    title: name,
    current: id,
    description: `${runtimeKindNames[kind]} of the runtime. ${textOf(summaryOf(comment))}`.trim(),
    main: html`<p class="kind">${runtimeKindNames[kind]} of the runtime</p>
${nameHeading(name)}
${codeBlock(importsOf(symbol, baseUrl), { class: 'import' })}
${renderComment(comment)}
${heading('the-declaration', html`Declaration ${renderRuntimeSource(name, source)}`)}
<pre class="declaration"><code>${renderRuntimeCode(declaration)}</code></pre>
${renderMembers(symbol)}
${renderUsers(usersOf(symbol))}`,
  });
}

/** The statements that import it, one for each file that has it. */
function importsOf({ entries, kind, name }: RuntimeSymbol, baseUrl: string): string {
  const isType = kind === 'interface' || kind === 'type alias';
  return entries
    .map((entry) => `import ${isType ? 'type ' : ''}{ ${name} } from "${baseUrl}/v0.4/${entry}.ts";`)
    .join('\n// or\n');
}

const sections: readonly (readonly [kinds: readonly RuntimeMember['kind'][], id: string, title: string])[] = [
  [['constructor'], 'to-make-one', 'Constructor'],
  [['method'], 'all-methods', 'Methods'],
  [['property'], 'all-members', 'Properties'],
  [['value'], 'all-values', 'Values'],
];

function renderMembers({ members, name }: RuntimeSymbol): Html {
  return html`${sections.map(([kinds, id, title]) => {
    const own = members.filter(({ kind }) => kinds.includes(kind));
    return (
      own.length > 0 &&
      html`${heading(id, title)}
${own.map((member, index) => renderMember(member, name, own.findIndex((each) => each.name === member.name) === index))}`
    );
  })}`;
}

/** @param isFirst - whether no member before it has the name, as overloads and accessors may */
function renderMember(member: RuntimeMember, symbol: string, isFirst: boolean): Html {
  const { comment, declaration, name, source } = member;
  const label = name === 'new' ? `new ${symbol}` : name;
  return html`<section class="member"${isFirst && html` id="${name}"`}>
<h3><span class="self">${label}</span> ${renderRuntimeSource(`${symbol}.${name}`, source)}${isFirst && anchor(name)}</h3>
<pre class="signature"><code>${renderRuntimeCode(declaration)}</code></pre>
${renderComment(comment)}
</section>
`;
}

function renderUsers(users: readonly RuntimeSymbol[]): Html | undefined {
  if (users.length === 0) return undefined;
  return html`${heading('used-by', 'Used by')}
<ul class="names">${users.map(
    ({ id }) => html`<li><a href="${runtimeUrls.symbol(id)}"><code>${id}</code></a></li>
`,
  )}</ul>`;
}
