import type { StructureSchema } from './schema.ts';

/** Compiles a copy of an input that has a token wherever the model asks for one and the caller gave none. */
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
