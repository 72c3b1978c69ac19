/**
 * The difference between two texts of sections, for a person to read: `+ ` before a line that is new, `- ` before one
 * that is gone, and the heading of a section in which lines changed. Empty lines are left out.
 */
export function listChangedLines(before: readonly string[], after: readonly string[]): readonly string[] {
  const old = bySection(before);
  const recent = bySection(after);
  const changed = [...recent].flatMap(([heading, lines]) => {
    const earlier = old.get(heading);
    if (earlier === undefined) return lines.map(added);
    const changes = listChanges(earlier, lines);
    return changes.length > 0 && heading !== '' ? [`  ${heading}`, ...changes] : changes;
  });
  const gone = [...old].flatMap(([heading, lines]) => (recent.has(heading) ? [] : lines.map(removed)));
  return [...changed, ...gone];
}

/** Lines by the heading they stand under, which is one of them; `''` before the first. */
function bySection(lines: readonly string[]): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  let heading = '';
  for (const line of lines) {
    if (line.trim() === '') continue;
    if (line.startsWith('[')) heading = line.trimEnd();
    const section = sections.get(heading) ?? [];
    section.push(line);
    sections.set(heading, section);
  }
  return sections;
}

/** What is between the lines that both begin with, and those that both end with. */
function listChanges(before: readonly string[], after: readonly string[]): readonly string[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [
    ...before.slice(start, before.length - end).map(removed),
    ...after.slice(start, after.length - end).map(added),
  ];
}

function added(line: string): string {
  return `+ ${line}`;
}

function removed(line: string): string {
  return `- ${line}`;
}
