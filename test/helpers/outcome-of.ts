import { HarnessError } from '../../src/model/harness-error.js';

/** What a door made of an input: the code and exit status that `main` would end with; no code is a success. */
export interface Outcome {
  readonly code: string | null;
  readonly exitCode: number;
}

export interface Met {
  readonly outcome: Outcome;
  /** Message and hint; empty for a success. */
  readonly text: string;
}

/** Waits for the end of a call; any error that is not one of streamtune's own is INTERNAL. */
export async function outcomeOf(call: () => unknown): Promise<Met> {
  try {
    await call();
    return { outcome: { code: null, exitCode: 0 }, text: '' };
  } catch (error) {
    if (!(error instanceof HarnessError)) {
      return { outcome: { code: 'INTERNAL', exitCode: 70 }, text: String(error) };
    }
    const { code, exitCode, message, hint } = error;
    return { outcome: { code, exitCode }, text: `${message}\n${hint}` };
  }
}
