/** A structure whose members are being read from the parts of a message. */
export type Draft = Record<string, unknown>;

/** A structure whose members are to be written into the parts of a message. */
export type Source = Readonly<Record<string, unknown>>;

/** Reads one part of a message into the draft. */
export type PartReader<Message> = (draft: Draft, message: Message) => void;
