import { createInterface } from 'node:readline/promises';

/** Asks a person, who may answer with nothing; rejects when the signal is aborted. */
export type Ask = (question: string) => Promise<string>;

/** Whether somebody sits at both ends: only then is there anybody to ask. */
export function isAnswerable(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks on the terminal, with standard output left to results. Calls `use` with the way to ask. */
export async function askOnTerminal<T>(
  signal: AbortSignal,
  use: (ask: Ask) => Promise<T>,
): Promise<T> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await use(async (question) => (await terminal.question(question, { signal })).trim());
  } finally {
    terminal.close();
  }
}
