/** The codes with which STS refuses a signature. */
export type SigV4RefusalCode =
  | 'MissingAuthenticationToken'
  | 'IncompleteSignature'
  | 'InvalidClientTokenId'
  | 'SignatureDoesNotMatch';

/** A signature that was not accepted. The sentence is safe to show to the caller. */
export interface SigV4Refusal {
  readonly kind: 'refused';
  readonly code: SigV4RefusalCode;
  readonly message: string;
}

export function refused(code: SigV4RefusalCode, message: string): SigV4Refusal {
  return { kind: 'refused', code, message };
}
