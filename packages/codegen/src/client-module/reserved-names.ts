/** Globals that modules use. A shape of the same name gets another name. */
const usedGlobals = ['AsyncIterable', 'Date', 'Promise', 'Uint8Array'];

/** Parameters of methods, which would hide constants of the module. */
const parameters = ['apiFactory', 'opts', 'params'];

/** Names that no constant, class or type may have. */
const reservedWords =
  `any arguments as async await bigint boolean break case catch class const continue debugger default delete do else enum eval
  export extends false finally for function if implements import in instanceof interface let never new null number object
  package private protected public return static string super switch symbol this throw true try type typeof undefined
  unknown var void while with yield`.split(/\s+/);

/** Names that no declaration of a module may have. */
export const reservedNames: readonly string[] = [...reservedWords, ...usedGlobals, ...parameters];
