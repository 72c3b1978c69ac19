/** What is read of a Smithy model in JSON here. */
interface Model {
  readonly shapes: Readonly<Record<string, Shape>>;
}

interface Shape {
  readonly type: string;
  readonly traits?: Readonly<Record<string, unknown>>;
  readonly members?: Readonly<Record<string, { readonly traits?: Readonly<Record<string, unknown>> }>>;
  readonly input?: { readonly target: string };
  readonly output?: { readonly target: string };
  readonly errors?: readonly unknown[];
}

export interface OperationOfService {
  readonly service: string;
  /** Name of the operation in the model. */
  readonly operation: string;
}

/** Bytes of the markup of a member and of an error, about. */
const MEMBER = 300;
const ERROR = 330;
/** Documentation of a member that is longer is folded, or left out. */
const MAX_PROSE = 600;

/**
 * The operations whose pages are the largest, by an estimate: rendering all 16,000 takes an hour on a busy machine.
 *
 * @param models - paths of models, by name of service
 */
export async function largestOperations(
  models: ReadonlyMap<string, string>,
  count: number,
  read: (file: string) => Promise<Model>,
): Promise<readonly OperationOfService[]> {
  const all: (OperationOfService & { readonly bytes: number })[] = [];
  for (const [service, file] of models) {
    const { shapes } = await read(file);
    for (const [id, shape] of Object.entries(shapes)) {
      if (shape.type !== 'operation') continue;
      const bytes = estimate(shape, shapes);
      all.push({ service, operation: id.replace(/^.*#/, ''), bytes });
    }
  }
  return all.toSorted((one, other) => other.bytes - one.bytes).slice(0, count);
}

function estimate({ errors = [], input, output, traits }: Shape, shapes: Model['shapes']): number {
  const examples = JSON.stringify(traits?.['smithy.api#examples'] ?? '').length;
  const members = [input, output].flatMap((of) =>
    Object.entries((of && shapes[of.target]?.members) ?? {}).map(
      ([name, member]) => MEMBER + 4 * name.length + Math.min(proseOf(member.traits), MAX_PROSE),
    ),
  );
  return members.reduce(
    (sum, member) => sum + member,
    2 * examples + ERROR * errors.length + proseOf(traits),
  );
}

/** @returns length of the documentation */
function proseOf(traits: Shape['traits']): number {
  return String(traits?.['smithy.api#documentation'] ?? '').length;
}
