/** Where text goes: a terminal, a pipe or a test's buffer. */
export interface TextSink {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width in characters, 80 where there is no terminal. */
  readonly columns: number;
  /** Aborted when nobody reads any more (`streamtune … | head`); what is written then is lost, which is no error. */
  readonly gone: AbortSignal;
}

/** The outside world, handed in by `main` so that everything else is a function of its arguments. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The call as a person would type it again, word by word, from the program on. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly out: TextSink;
  readonly err: TextSink;
  /** Aborted on Ctrl-C, SIGTERM and SIGHUP. */
  readonly signal: AbortSignal;
}
