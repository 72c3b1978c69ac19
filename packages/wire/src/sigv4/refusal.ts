/** Error codes of STS for a refused signature. */
export type SigV4RefusalCode =
  | 'MissingAuthenticationToken'
  | 'IncompleteSignature'
  | 'InvalidClientTokenId'
  | 'SignatureDoesNotMatch';

/** Why a signature was refused. The message is safe to show to the caller. */
export interface SigV4Refusal {
  readonly kind: 'refused';
  readonly code: SigV4RefusalCode;
  readonly message: string;
}

export function refused(code: SigV4RefusalCode, message: string): SigV4Refusal {
  return { kind: 'refused', code, message };
}
