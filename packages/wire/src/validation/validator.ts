import { CompiledStructures } from '../compiled-structures.ts';
import { WireError } from '../error.ts';
import { targetOf, traitsOf } from '../member.ts';
import type { MemberSchema, StructureSchema } from '../schema.ts';
import type { Constraint } from './constraints.ts';
import { constraintsOf } from './constraints.ts';
import type { Failure } from './failure.ts';
import { fieldOf, maxFailures } from './failure.ts';

/**
 * Compiles the check of a structure's constraint traits: required, length, range, pattern, uniqueItems and enums.
 *
 * @returns a check that throws {@link WireError} `validation` with up to ten of the members at fault
 */
export function compileValidator(structure: StructureSchema): (value: unknown) => void {
  const check = new Checks().of({ target: structure });
  return (value) => {
    const failures = check?.(value) ?? [];
    if (failures.length === 0) return;
    const fields = failures.slice(0, maxFailures).map(fieldOf);
    const count = failures.length > maxFailures ? `More than ${maxFailures}` : `${failures.length}`;
    const noun = failures.length === 1 ? 'error' : 'errors';
    const sentences = fields.map(({ message }) => message).join('; ');
    throw new WireError('validation', `${count} validation ${noun} detected. ${sentences}`, { fields });
  };
}

/** Finds what is wrong inside a value; undefined, and no work done, when nothing is. */
type Check = (value: unknown) => Failure[] | undefined;

/** Compiles checks, each structure once; values without any constraint in them get none. */
class Checks {
  readonly #structures = new CompiledStructures<[value: unknown], Failure[] | undefined>();

  of(member: MemberSchema): Check | undefined {
    const contents = this.#contents(member);
    const constraints = constraintsOf(member);
    if (constraints.length === 0) return contents;
    const own = firstBroken(constraints);
    return contents === undefined ? own : (value) => join(own(value), contents(value));
  }

  #contents(member: MemberSchema): Check | undefined {
    const target = targetOf(member);
    switch (target.type) {
      case 'list':
        return this.#list(this.of(target.member));
      case 'map':
        return this.#map(this.of(target.key), this.of(target.value), traitsOf(target.key).sensitive === true);
      case 'structure':
      case 'union':
        return this.#structures.once(target, () => this.#structure(target));
      default:
        return undefined;
    }
  }

  #list(check: Check | undefined): Check | undefined {
    if (check === undefined) return undefined;
    return (value) => {
      if (!Array.isArray(value)) return undefined;
      let failures: Failure[] | undefined;
      for (let index = 0; index < value.length && !isFull(failures); index++) {
        if (value[index] !== null) failures = join(failures, within(check(value[index]), String(index)));
      }
      return failures;
    };
  }

  #map(checkKey: Check | undefined, checkValue: Check | undefined, secretKeys: boolean): Check | undefined {
    if (checkKey === undefined && checkValue === undefined) return undefined;
    return (value) => {
      let failures: Failure[] | undefined;
      for (const [key, entry] of Object.entries(value ?? {})) {
        if (isFull(failures)) break;
        failures = join(failures, checkKey?.(key));
        if (entry !== null) failures = join(failures, within(checkValue?.(entry), secretKeys ? '*' : key));
      }
      return failures;
    };
  }

  #structure(schema: StructureSchema): Check {
    const members = Object.entries(schema.members).map(([name, member]) => ({
      name,
      required: traitsOf(member).required === true,
      check: this.of(member),
    }));
    const checked = members.filter(({ required, check }) => required || check !== undefined);
    return (value) => {
      const structure = value as Readonly<Record<string, unknown>>;
      let failures: Failure[] | undefined;
      for (const { name, required, check } of checked) {
        const found = structure[name];
        if (found !== undefined && found !== null) failures = join(failures, within(check?.(found), name));
        else if (required)
          failures = join(failures, [{ steps: [name], constraint: 'Member must not be null' }]);
      }
      return failures;
    };
  }
}

/** Stops at the first: an expression need not run over a text that is too long already. */
function firstBroken(constraints: readonly Constraint[]): Check {
  return (value) => {
    for (const constraint of constraints) {
      const failure = constraint(value);
      if (failure !== undefined) return [failure];
    }
    return undefined;
  };
}

function within(failures: Failure[] | undefined, step: string): Failure[] | undefined {
  for (const { steps } of failures ?? []) steps.push(step);
  return failures;
}

function join(left: Failure[] | undefined, right: Failure[] | undefined): Failure[] | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return isFull(left) ? left : [...left, ...right];
}

function isFull(failures: Failure[] | undefined): boolean {
  return failures !== undefined && failures.length > maxFailures;
}
