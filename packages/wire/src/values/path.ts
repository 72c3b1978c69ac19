const maxStepLength = 64;

/** Renders a JSON Pointer (RFC 6901). Long map keys, which the caller chose, are shortened. */
export function renderPath(steps: readonly string[]): string {
  return steps.map((step) => `/${escapeStep(step)}`).join('');
}

function escapeStep(step: string): string {
  const shown = step.length > maxStepLength ? `${step.slice(0, maxStepLength)}…` : step;
  return shown.replaceAll('~', '~0').replaceAll('/', '~1');
}
