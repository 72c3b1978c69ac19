/** A media type without its parameters, in lower case. */
export function essenceOf(contentType: string): string {
  const semicolon = contentType.indexOf(';');
  return (semicolon === -1 ? contentType : contentType.slice(0, semicolon)).trim().toLowerCase();
}

/** Whether an `Accept` header (RFC 9110 §12.5.1) lets an answer be of a media type. */
export function accepts(accept: string | undefined, mediaType: string): boolean {
  if (accept === undefined || accept === '' || accept === '*/*' || accept === mediaType) return true;
  const [type] = mediaType.split('/');
  return accept.split(',').some((range) => {
    if (/;\s*q=0(?:\.0*)?\s*$/i.test(range)) return false;
    const essence = essenceOf(range);
    return essence === '*/*' || essence === `${type}/*` || essence === essenceOf(mediaType);
  });
}
