import { hasTrait, type Member } from '@latchkey/smithy';

/**
 * Whether a value must be given: without a label there is no URL, and an idempotency token is made by the client where
 * it is left out.
 */
export function isRequired(member: Member): boolean {
  if (hasTrait(member, 'smithy.api#idempotencyToken')) return false;
  return hasTrait(member, 'smithy.api#required') || hasTrait(member, 'smithy.api#httpLabel');
}
