import type { ReceivedError, StructureValue } from '@latchkey/wire/protocol';
import { streamingMemberOf } from '@latchkey/wire/streaming';
import { asStream, bytesFrom } from '@latchkey/wire/values/bytes';
import type { ApiMetadata } from '../api-metadata.ts';
import type { Operation } from '../operation.ts';
import { Failure } from './failure.ts';

/** Answers that are on their way, by request id. */
export type AnswersUnderWay = Map<string, object>;

/** The service with its protocol, but for the answers: those are read as they were given. Requests are written for real. */
export function withFakeAnswers(metadata: ApiMetadata, answers: AnswersUnderWay): ApiMetadata {
  const { endpointDiscovery: _, ...rest } = metadata;
  const take = (headers: Readonly<Record<string, string | undefined>>) => {
    const id = headers['x-amzn-requestid'] ?? '';
    const answer = answers.get(id);
    answers.delete(id);
    return { id, answer };
  };
  return {
    ...rest,
    protocol(service, options) {
      const real = metadata.protocol(service, options);
      return {
        renderInput: (operation, input) => real.renderInput(operation, input),
        parseOutput: (operation, { headers }) => streamed(operation, take(headers).answer ?? {}),
        parseError(operation, { headers, status }): ReceivedError {
          const { answer, id } = take(headers);
          if (!(answer instanceof Failure)) throw new TypeError('There is no failure to answer with');
          return received(answer, { operation, metadata, status, requestId: id });
        },
      };
    },
  };
}

function streamed({ output }: Pick<Operation, 'output'>, given: object): StructureValue {
  const answer = { ...given } as Record<string, unknown>;
  const member = streamingMemberOf(output);
  const value = member && answer[member.name];
  if (member === undefined || value === undefined || member.target.type !== 'blob') return answer;
  return { ...answer, [member.name]: asStream(bytesFrom(value)) };
}

interface Place {
  readonly operation: Pick<Operation, 'name' | 'errors'>;
  readonly metadata: ApiMetadata;
  readonly status: number;
  readonly requestId: string;
}

function received(
  { error, members, message, status: wanted }: Failure,
  { metadata, operation, requestId, status }: Place,
): ReceivedError {
  const name = typeof error === 'string' ? error : nameOf(error, metadata);
  const schema = operation.errors.find((each) => each.name === name);
  if (typeof error !== 'string' && schema === undefined) {
    throw new TypeError(`Cannot answer ${operation.name} with ${name}: the model does not say that it may`);
  }
  return {
    name,
    message,
    modeled: schema !== undefined,
    members: { ...withMessage(schema?.members, message), ...members },
    status: wanted ?? schema?.status ?? status,
    requestId,
  };
}

/** The message is a member, too, where the model has it. */
function withMessage(members: object = {}, message: string | undefined): object {
  const name = Object.keys(members).find((each) => each.toLowerCase() === 'message');
  return name === undefined || message === undefined ? {} : { [name]: message };
}

function nameOf(error: Exclude<Failure['error'], string>, { errors, serviceId }: ApiMetadata): string {
  const [name] = Object.entries(errors).find(([, each]) => each === error) ?? [];
  if (name === undefined)
    throw new TypeError(`Cannot answer with ${error.name}: it is no error of ${serviceId}`);
  return name;
}
