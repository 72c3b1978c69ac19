/** What `node test/runner/run.ts` can run, by name. */
export interface Suite {
  readonly patterns: readonly string[];
  readonly coverage?: boolean;
}

export const suites: Readonly<Record<string, Suite>> = {
  unit: {
    patterns: [
      'packages/*/src/**/*.test.ts',
      'bench/**/*.test.ts',
      'scripts/**/*.test.ts',
      'test/*.test.ts',
      'test/{browser,client,faults,runner}/*.test.ts',
    ],
    coverage: true,
  },
  'largest-pages': { patterns: ['test/largest-pages/*.test.ts'] },
  search: { patterns: ['test/search/*.test.ts'] },
  interop: { patterns: ['test/interop/*.test.ts'] },
  runtimes: { patterns: ['test/runtimes/*.test.ts'] },
  proxies: { patterns: ['test/proxies/*.test.ts'] },
  deploy: { patterns: ['test/deploy/*.test.ts'] },
  replicas: { patterns: ['test/replicas/*.test.ts'] },
  postgresql: { patterns: ['test/postgresql/*.test.ts'] },
};
