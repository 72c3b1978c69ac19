import {
  closureOf,
  type Model,
  ModelError,
  operationsOf,
  type ServiceShape,
  stringTrait,
  type Traited,
} from '@latchkey/smithy';
import { compilePattern, PatternError } from '@latchkey/wire';

/**
 * Refuses patterns in inputs that cannot be matched in linear time. Patterns in outputs are never checked.
 *
 * @throws {ModelError} names the shape or member, the pattern, and what in it cannot be matched in linear time
 */
export function checkPatterns(model: Model, service: ServiceShape): void {
  const requests = operationsOf(model, service).map(({ input, ...operation }) => ({
    ...operation,
    input,
    output: input,
    errors: [],
  }));
  for (const shape of closureOf(model, { ...service, errors: [] }, requests)) {
    checkPattern(shape);
    switch (shape.type) {
      case 'structure':
      case 'union':
        for (const member of shape.members.values()) checkPattern(member);
        break;
      case 'list':
        checkPattern(shape.member);
        break;
      case 'map':
        checkPattern(shape.key);
        checkPattern(shape.value);
    }
  }
}

function checkPattern(bearer: Traited): void {
  const pattern = stringTrait(bearer, 'smithy.api#pattern');
  if (pattern === undefined) return;
  try {
    compilePattern(pattern);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const advice = 'change the pattern, or take the trait out of the model';
    throw new ModelError(bearer.id, `trait smithy.api#pattern: ${error.message}; ${advice}`);
  }
}
