const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The 16 bytes of a UUID in lower case (RFC 9562 section 4). Other text gives `null`, which no row has as its id. */
export function uuidBytes(uuid: string): Uint8Array | null {
  return UUID.test(uuid) ? Buffer.from(uuid.replaceAll('-', ''), 'hex') : null;
}

/** The text of a UUID, in lower case. */
export function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
