import type { Position } from '../model/finding.js';
import { HarnessError, messageOf } from '../model/harness-error.js';
import { readRegularFile } from '../process/files/read-regular-file.js';
import type { Problem } from './problems/schema-problems.js';
import { parseSource } from './positions/source-positions.js';
import type { TextEdit } from './positions/text-edits.js';
import { textProblems } from './problems/text-problems.js';

/** A file written by the user. */
export interface SourceFile {
  readonly text: string;
  /** Its name as used in messages. */
  readonly file: string;
}

/** A value that has passed its schema. */
export interface CheckedSource {
  readonly value: unknown;
  /** Throws EXPERIMENT_INVALID with every problem, each with file, line and column; does nothing if there are none. */
  readonly refuse: (problems: readonly Problem[]) => void;
}

/** A problem of a file, at its place. */
export interface PlacedProblem {
  readonly message: string;
  readonly position: Position;
  /** The one way to mend it, if there is one. */
  readonly edit?: TextEdit;
}

/** A file that cannot be used, with everything that is wrong with it. */
export class InvalidSource extends HarnessError {
  readonly problems: readonly PlacedProblem[];

  constructor(message: string, hint: string, problems: readonly PlacedProblem[]) {
    super({ code: 'EXPERIMENT_INVALID', message, hint });
    this.name = 'InvalidSource';
    this.problems = problems;
  }
}

/** One mistake can cause hundreds of problems; only the first ones are shown. */
const shownProblems = 20;

/** No person writes more; a file of data that was named by mistake is refused instead of parsed for minutes. */
const largest = 4 * 2 ** 20;

/** Reads a file. Throws EXPERIMENT_UNREADABLE, whose hint names an example. */
export async function readSource(file: string, example: string): Promise<SourceFile> {
  const text = await readRegularFile(file, { maxBytes: largest }).catch((cause: unknown) => {
    throw new HarnessError({
      code: 'EXPERIMENT_UNREADABLE',
      message: `${file} cannot be read: ${messageOf(cause)}.`,
      hint: `Give the path of ${example}.`,
      cause,
    });
  });
  return { text, file };
}

/** Parses YAML and validates it. Throws EXPERIMENT_INVALID with every problem. */
export function checkSource(
  { text, file }: SourceFile,
  problemsOf: (value: unknown) => Problem[],
  hint: string,
): CheckedSource {
  const source = parseSource(text);
  const fail = (problems: readonly PlacedProblem[]) => {
    if (problems.length === 0) return;
    throw new InvalidSource(
      [
        ...problems
          .slice(0, shownProblems)
          .map(({ message, position: at }) =>
            [file, String(at.line), String(at.column), ` ${message}`].join(':'),
          ),
        ...(problems.length > shownProblems
          ? [`and ${String(problems.length - shownProblems)} more, which may follow from these`]
          : []),
      ].join('\n  '),
      hint,
      problems,
    );
  };
  const refuse = (problems: readonly Problem[]) => {
    fail(
      problems.map(({ path, atKey = false, message, mend }) => {
        const range = mend === undefined ? undefined : source.rangeOf(path, { key: atKey });
        return {
          message,
          position: source.positionOf(path, { key: atKey }),
          ...(range === undefined || mend === undefined ? {} : { edit: { ...range, text: mend } }),
        };
      }),
    );
  };
  fail(source.errors);
  refuse(textProblems(source.value));
  refuse(problemsOf(source.value));
  return { value: source.value, refuse };
}
