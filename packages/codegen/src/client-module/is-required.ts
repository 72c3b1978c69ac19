import { hasTrait, type Member } from '@latchkey/smithy';

/**
 * Whether a caller must give a member's value. Labels are always required, as they are part of the URL. Idempotency
 * tokens never are, as the client makes them.
 */
export function isRequired(member: Member): boolean {
  if (hasTrait(member, 'smithy.api#idempotencyToken')) return false;
  return hasTrait(member, 'smithy.api#required') || hasTrait(member, 'smithy.api#httpLabel');
}
