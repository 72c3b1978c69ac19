export function explainDenial(error: unknown): unknown {
  return error;
}
