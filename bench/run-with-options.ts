/** Runs a benchmark with the options of its command line, or prints its help. Exits with 2 when they are not valid. */
export async function runWithOptions<Options extends { readonly help: boolean }>({
  help,
  parse,
  run,
}: {
  readonly help: string;
  /** @throws on an option that is not valid */
  readonly parse: (args: string[]) => Options;
  readonly run: (options: Options) => Promise<void>;
}): Promise<void> {
  let options: Options;
  try {
    options = parse(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
  if (options.help) console.log(help);
  else await run(options);
}
