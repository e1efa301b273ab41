import { expect } from 'chai';
import { exitCodes, type ErrorCode, type ExitCode } from '../../src/model/error-catalogue.js';
import { errorText } from '../../src/model/error-text.js';
import { HarnessError } from '../../src/model/harness-error.js';

/** Where an input comes in. */
type Door = 'experiment' | 'data' | 'options' | 'streams' | 'report';

/** One input, and how the program must meet it. A door's rows add what they need: arguments, files, an environment. */
export interface HostileRow {
  readonly name: string;
  readonly door: Door;
  readonly expect: {
    readonly code: ErrorCode | 'ok';
    readonly exitCode: ExitCode;
    /** What the text must contain, or match. */
    readonly says?: readonly (string | RegExp)[];
  };
}

/** How the program met an input. */
export interface Ending {
  readonly code: string;
  readonly exitCode: number | null;
  /** What it wrote, the error included. */
  readonly text: string;
}

/** Whether all rows are run, as `npm run fuzz` does. */
const inFull = process.env['STREAMTUNE_FUZZ'] !== undefined;

/**
 * Makes one test for each row: it ends as expected, in time, and never with INTERNAL or a stack. With a `sample`,
 * `npm test` runs only that many of the rows, evenly chosen.
 */
export function testRows<Row extends HostileRow>(
  rows: readonly Row[],
  meet: (row: Row) => Promise<Ending>,
  { sample = Infinity, limitMs = 5_000 } = {},
): void {
  const step = inFull ? 1 : Math.max(1, rows.length / sample);
  for (let at = 0; at < rows.length; at += step) {
    const row = rows[Math.floor(at)]!;
    it(`${row.expect.code}: ${JSON.stringify(row.name)}`, async () => {
      const { code, exitCode, text } = await meet(row);
      expect(text).not.to.match(/^INTERNAL|^\s+at .*[(:]\d+/m);
      expect({ code, exitCode }, text).to.deep.equal({
        code: row.expect.code,
        exitCode: row.expect.exitCode,
      });
      for (const part of row.expect.says ?? []) {
        if (typeof part === 'string') expect(text).to.contain(part);
        else expect(text).to.match(part);
      }
    }).timeout(limitMs);
  }
}

/** The ending of something that runs in this process: it returns its exit code, or throws. */
export async function endingOf(
  run: () => Promise<number>,
  written: { readonly out: string; readonly err: string },
): Promise<Ending> {
  try {
    const exitCode = await run();
    return { code: 'ok', exitCode, text: written.out + written.err };
  } catch (error) {
    if (error instanceof HarnessError) {
      const { code, exitCode } = error;
      return { code, exitCode, text: written.out + written.err + errorText(error) };
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { code: 'INTERNAL', exitCode: exitCodes.internal, text };
  }
}

/** The ending of the program in a process of its own. */
export function endingOfProcess(ended: {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}): Ending {
  const code = /^([A-Z_]{5,}): /m.exec(ended.stderr)?.[1] ?? 'ok';
  return { code, exitCode: ended.code, text: ended.stdout + ended.stderr };
}
