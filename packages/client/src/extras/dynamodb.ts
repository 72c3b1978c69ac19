export {
  type BatchGetOptions,
  type BatchGettingClient,
  type BatchOptions,
  type BatchWrite,
  type BatchWritingClient,
  batchGetAll,
  batchWriteAll,
} from '../dynamodb/batches.ts';
export type { AttributeValueLike, Document, DocumentInput, MarshalledValue } from '../dynamodb/document.ts';
export {
  type DocumentClient,
  documentClient,
  type WithDocumentInputs,
  type WithDocuments,
} from '../dynamodb/document-client.ts';
export { DynamoNumber } from '../dynamodb/dynamo-number.ts';
export {
  AttributePath,
  attribute,
  Expression,
  type ExpressionInput,
  type ExpressionMember,
  expression,
  expressionInput,
  type ValueIn,
} from '../dynamodb/expression.ts';
export { marshall, marshallValue } from '../dynamodb/marshall.ts';
export { unmarshall, unmarshallValue } from '../dynamodb/unmarshall.ts';
export type { GeneratedClass } from '../generated-class.ts';
