/** What stands for the segments of a path that are not logged. */
const HIDDEN = '***';

/**
 * Makes what renders a path for the log. People and programs put codes, tokens and passwords into paths by mistake, and no
 * pattern recognises all of them, so the log has only segments that the server's own paths have.
 *
 * @param paths - of routes and operations
 */
export function pathLogger(paths: readonly string[]): (path: string) => string {
  const whole = new Set(paths);
  const known = new Set(paths.flatMap((path) => path.split(/[/?]/)));
  return (path) => {
    if (whole.has(path)) return path;
    const segments = path.split('/').map((segment) => (known.has(segment) ? segment : HIDDEN));
    return segments
      .filter((segment, index) => segment !== HIDDEN || segments[index - 1] !== HIDDEN)
      .join('/');
  };
}
