/** A destination for text: a terminal, a pipe or a test's buffer. Standard output throws OUTPUT_LOST once it cannot be written. */
export interface TextSink {
  /** Writes text for people: what would act on a terminal is shown as an escape (`printable`). */
  write(text: string): void;
  /** Writes it as it is: records into a pipe, and our own cursor moves. */
  writeRaw(text: string): void;
  readonly isTTY: boolean;
  /** Whether it shows colours: a terminal without NO_COLOR, or anything with FORCE_COLOR. */
  readonly colors?: boolean;
  /** Whether a link in a text can be clicked there. */
  readonly links?: boolean;
  /** Width in characters: COLUMNS if it is set, else the terminal's; 80 where neither is known. */
  readonly columns: number;
  /** Aborted when the reader has gone (`streamtune … | head`); later output is dropped, which is not an error. */
  readonly gone: AbortSignal;
}

/** The outside world, passed in by `main` so that everything else is a function of its arguments. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The command line to repeat this call, one argument per element, starting with the program. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly out: TextSink;
  readonly err: TextSink;
  /** Aborted on Ctrl-C, SIGTERM and SIGHUP. */
  readonly signal: AbortSignal;
}
