import type { StructureSchema } from './schema.ts';

/** Compiles the function that copies an input and adds the idempotency tokens that the caller left out. */
export function fillIdempotencyTokens(
  schema: StructureSchema,
  makeToken: () => string,
): (input: object) => Readonly<Record<string, unknown>> {
  const names = Object.entries(schema.members)
    .filter(([, { traits }]) => traits?.idempotencyToken === true)
    .map(([name]) => name);
  return (input) => {
    const filled: Record<string, unknown> = { ...input };
    for (const name of names) filled[name] ??= makeToken();
    return filled;
  };
}
