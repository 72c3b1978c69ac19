import { blankComments } from './blank-comments.ts';

/** Where a test depends on the machine's speed, or lets a place do so in vain. */
export interface WallClock {
  /** From 1. */
  readonly line: number;
  /** As it stands in the file. */
  readonly found: string;
  readonly advice: string;
}

const wait =
  "wait for what happens, not for time to pass: await an event, or move mocked timers (t.mock.timers) or the instance's clock";
const measure = 'measure no time: count steps, or compare with a clock that the test moves';
const limit =
  'give a time limit of a minute or more, for what hangs; to test a limit itself, move mocked timers (t.mock.timers)';

const SHORTEST_LIMIT_MS = 60_000;

interface Rule {
  readonly pattern: RegExp;
  readonly advice: string;
  /** Given the number that a pattern captured. Default: always wrong */
  readonly isWrong?: (value: number) => boolean;
}

const rules: readonly Rule[] = [
  { pattern: /(?<!\w|function )(?:[\w$]+\.)*(?:setTimeout|setInterval|waitForTimeout)(?=\()/g, advice: wait },
  {
    pattern: /\bscheduler\.wait(?=\()|\bAtomics\.wait(?:Async)?(?=\()|\bpromisify\(setTimeout\)/g,
    advice: wait,
  },
  {
    pattern:
      /^import\b[^;]*\b(?:setTimeout|setInterval|scheduler)\b[^;]*from '(?:node:)?timers(?:\/promises)?'/gm,
    advice: wait,
  },
  {
    pattern: /\bAbortSignal\.timeout(?=\()/g,
    advice: 'give no time limit: t.signal is aborted when the test is given up',
  },
  { pattern: /\bperformance\.now\(\)|\bprocess\.hrtime\b|\bprocess\.cpuUsage\(/g, advice: measure },
  { pattern: /\bDate\.now\(\)\)?\s*(?:-|[<>]=?)|(?:-|<=?|(?<!=)>=?)\s*\(?Date\.now\(\)/g, advice: measure },
  {
    pattern: /(?<![\w.])'?(?:timeout|[a-z]\w*Timeout)(?:Ms|_MS)?(?:'?\s*:|\s+=)\s*([\d_]+)(?![\w.]|\s*\*)/g,
    advice: limit,
    isWrong: (value) => value > 0 && value < SHORTEST_LIMIT_MS,
  },
  {
    pattern: /\bstartLatchkey\b[^;]*from '[^']*\/testing-kit\/(?:mod|start-latchkey)\.ts'/g,
    advice:
      'start an instance by fixtures/start-latchkey.ts: its clock stands still, so that no time passes between requests',
  },
  {
    pattern: /\bcreateServer\(\s*(?:async )?\([^)]*,/g,
    advice:
      'give an HTTP server keepAliveTimeout: 0: it closes a connection that waits for 5 seconds, maybe while the next request is sent',
  },
  {
    pattern: /\.listen\(\s*([\d_]+)|'--port',\s*'(\d+)'|--port[= ](\d+)/g,
    advice: 'listen on port 0 and ask which one it became: another program may have this one',
    isWrong: (value) => value > 0,
  },
];

/** A comment that lets a place depend on the clock: it says why. */
const allowance = /\/\/ wall-clock:(.*)/;
const SHORTEST_REASON = 15;

/** Finds where a test sleeps, measures time, sets a short limit, or takes a fixed port, and does not say why. */
export function findWallClocks(text: string): readonly WallClock[] {
  const lines = text.split('\n');
  const used = new Set<number>();
  const found = findAll(blankComments(text)).filter(({ line }) => {
    const allowed = [line, line - 1].find((each) => isReasoned(lines[each - 1]));
    if (allowed !== undefined) used.add(allowed);
    return allowed === undefined;
  });
  const faulty = lines.flatMap((content, index) => {
    if (!allowance.test(content) || used.has(index + 1)) return [];
    const advice = isReasoned(content)
      ? 'take this comment away: nothing here depends on the clock'
      : 'say in some words why this may depend on the clock';
    return [{ line: index + 1, found: content.trim(), advice }];
  });
  return [...found.map(withWayOut), ...faulty].toSorted((one, other) => one.line - other.line);
}

function withWayOut({ advice, ...rest }: WallClock): WallClock {
  return { ...rest, advice: `${advice}; or say why this may depend on the clock: // wall-clock: <reason>` };
}

function findAll(code: string): readonly WallClock[] {
  return rules.flatMap(({ pattern, advice, isWrong }) =>
    Array.from(code.matchAll(pattern), (match) => {
      const value = match.slice(1).find((group) => group !== undefined) ?? '';
      if (isWrong?.(Number(value.replaceAll('_', ''))) === false) return [];
      const line = code.slice(0, match.index).split('\n').length;
      return [{ line, found: match[0].replaceAll(/\s+/g, ' '), advice }];
    }).flat(),
  );
}

function isReasoned(line: string | undefined): boolean {
  const [, reason = ''] = allowance.exec(line ?? '') ?? [];
  return reason.trim().length >= SHORTEST_REASON;
}
