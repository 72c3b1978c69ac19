/** What a call came to know beside its output: HTTP's part of the answer, and how often it was asked for. */
export interface CallMetadata {
  /** HTTP status. */
  readonly status: number;
  /** What to tell the support of the service: `x-amzn-requestid`, `x-amz-request-id`, or what the error says. */
  readonly requestId: string | undefined;
  /** S3's second id of the request (`x-amz-id-2`), which its support asks for, too. */
  readonly extendedRequestId: string | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** How many times the request was sent. */
  readonly attempts: number;
  /** Sum of the delays between the attempts, in milliseconds. */
  readonly totalRetryDelayMs: number;
}

/** What came with an output, or with an error that has no `response`, for as long as that is there. */
export const callMetadata = new WeakMap<object, CallMetadata>();
