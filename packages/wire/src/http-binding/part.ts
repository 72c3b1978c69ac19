/** A structure while its members are gathered from the parts of a message. */
export type Draft = Record<string, unknown>;

/** A structure whose members are spread over the parts of a message. */
export type Source = Readonly<Record<string, unknown>>;

/** Reads one part of a message into the structure. */
export type PartReader<Message> = (draft: Draft, message: Message) => void;
