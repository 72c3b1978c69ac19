/** A comment line at which the block of an instance begins or ends. */
export interface Marker {
  readonly kind: 'BEGIN' | 'END';
  /** Absent where the line names no instance, so that it is damaged. */
  readonly instanceId?: string;
}

/** Has nothing in it that a shell takes for its own: people paste blocks by way of `cat <<EOF`. */
export function beginMarker({
  instanceId,
  baseUrl,
}: {
  readonly instanceId: string;
  readonly baseUrl: string;
}): string {
  return `# BEGIN latchkey ${instanceId} (${baseUrl}), replaced by: latchkey aws-config --write`;
}

export function endMarker({ instanceId }: { readonly instanceId: string }): string {
  return `# END latchkey ${instanceId}`;
}

/** @returns `undefined` for a line that is no marker */
export function parseMarker(line: string): Marker | undefined {
  const [, kind, rest = ''] = /^\s*#\s*(BEGIN|END)\s+latchkey(?![\w-])(.*)$/.exec(line) ?? [];
  if (kind !== 'BEGIN' && kind !== 'END') return undefined;
  const instanceId = /^\s+(ssoins-[0-9a-f]{16})(?![\w-])/.exec(rest)?.[1];
  return { kind, ...(instanceId !== undefined && { instanceId }) };
}
