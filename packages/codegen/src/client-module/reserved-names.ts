/** Globals that modules use: a shape of the same name goes by another. */
const usedGlobals = ['AsyncIterable', 'Date', 'Promise', 'Uint8Array'];

/** The parameters of methods, which hide constants of the module. */
const parameters = ['apiFactory', 'opts', 'params'];

/** What no constant, class or type may be called. */
const reservedWords =
  `any arguments as async await bigint boolean break case catch class const continue debugger default delete do else enum eval
  export extends false finally for function if implements import in instanceof interface let never new null number object
  package private protected public return static string super switch symbol this throw true try type typeof undefined
  unknown var void while with yield`.split(/\s+/);

/** What nothing that a module declares may be called. */
export const reservedNames: readonly string[] = [...reservedWords, ...usedGlobals, ...parameters];
