// A repeated character class, not a repeated group: that would run out of stack on a long text.
const digits = /^[A-Za-z0-9+/]*={0,2}$/;
// Bytes per call of `String.fromCharCode`: engines limit the number of arguments.
const chunkLength = 8192;

export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += chunkLength) {
    binary += String.fromCharCode(...bytes.subarray(start, start + chunkLength));
  }
  return btoa(binary);
}

/** @returns undefined when the text is not padded base64 of the standard alphabet */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !digits.test(text)) return undefined;
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
