export type { Answer, Answers, InputOf, MethodOf } from './fake/answers.ts';
export { Failure, type FailureOptions, failure } from './fake/failure.ts';
export { FakeApiFactory, type FakeAttempt } from './fake/fake-api-factory.ts';
export type { GeneratedClass } from './generated-class.ts';
