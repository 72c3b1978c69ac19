/** What a page may have: bytes beside its contents, bytes of its contents, and elements. */
export interface Budget {
  readonly bytes: number;
  readonly contents: number;
  readonly elements: number;
}

const contents = 40_000;

/** Budgets of the kinds of pages about typed clients. */
export const budgets = {
  /** Has every service: 405 of AWS's take 110 kB. */
  home: { bytes: 130_000, contents: 0, elements: 3_000 },
  overview: { bytes: 100_000, contents, elements: 3_500 },
  list: { bytes: 80_000, contents, elements: 2_500 },
  client: { bytes: 80_000, contents, elements: 2_500 },
  operation: { bytes: 60_000, contents, elements: 2_500 },
  /** Has 250 members of the request and of the answer: `CreateDistribution` of CloudFront takes 80 kB. */
  wire: { bytes: 110_000, contents, elements: 3_000 },
  /** The longest have the documentation of 70 members (`CreateDBInstance` of RDS), or 1,000 values. */
  symbol: { bytes: 110_000, contents, elements: 3_500 },
  runtime: { bytes: 60_000, contents, elements: 2_000 },
  search: { bytes: 40_000, contents: 0, elements: 1_000 },
  /** Has 2,000 lines of code. */
  source: { bytes: 500_000, contents: 0, elements: 9_500 },
} as const satisfies Record<string, Budget>;

/** A page asks for itself, two style sheets and a script, or fewer. */
const MAX_REQUESTS = 4;

/** @returns how a page is larger than its budget lets it be; nothing where it is not */
export function overBudget(markup: string, budget: Budget): readonly string[] {
  const [own = ''] = /<nav class="contents".*?<\/nav>/s.exec(markup) ?? [];
  const found = {
    bytes: Buffer.byteLength(markup) - Buffer.byteLength(own),
    contents: Buffer.byteLength(own),
    elements: markup.match(/<[a-z]/g)?.length ?? 0,
    requests: 1 + requestsOf(markup).size,
  };
  const allowed = { ...budget, requests: MAX_REQUESTS };
  return (['bytes', 'contents', 'elements', 'requests'] as const)
    .filter((what) => found[what] > allowed[what])
    .map((what) => `${found[what]} ${what}, of ${allowed[what]}`);
}

/** What a page loads. The icon of the window is not counted: browsers ask for it after the page is shown, and keep it for all. */
function requestsOf(markup: string): ReadonlySet<string> {
  const icon = /<link rel="icon"[^>]*href="([^"]*)"/.exec(markup)?.[1];
  const loaded = markup.matchAll(
    /<(?:link rel="(?:stylesheet|preload)"[^>]*?href|(?:script|img|iframe)\b[^>]*?src)="([^"]*)"/g,
  );
  return new Set(Array.from(loaded, ([, address = '']) => address).filter((address) => address !== icon));
}
