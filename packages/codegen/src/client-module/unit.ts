/** Input or output of an operation that has none. */
export const unit = 'smithy.api#Unit';
