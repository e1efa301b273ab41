import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InvalidSource } from '../../config/checked-source.js';
import { findingEdits } from '../../config/positions/finding-edits.js';
import { readExperimentText } from '../../config/read-experiment.js';
import { applyEdits, type TextEdit } from '../../config/positions/text-edits.js';
import { HarnessError } from '../../model/harness-error.js';
import { writeFileSafely } from '../../process/files/write-file-safely.js';
import { prepareRun } from '../prepare-run.js';
import type { ReadPlanOptions } from '../read-plan.js';

/** What was mended: the text before and after. */
export interface Mended {
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** Mending one thing can show the next, which no parser could see before; more rounds than this are a circle. */
const mostRounds = 20;

/**
 * Mends what can be mended in one way only, in the file itself, and returns what that was, in order. Comments and layout
 * stay as they are. Throws EXPERIMENT_UNREADABLE.
 */
export async function fixExperiment(given: string, options: ReadPlanOptions): Promise<Mended[]> {
  const file = resolve(options.host.cwd, given);
  const { text: before } = await readExperimentText(file);
  let text = before;
  const mended: Mended[] = [];
  for (let round = 0; round < mostRounds; round += 1) {
    const edits = await editsOf(given, { ...options, changed: text, anyJob: true });
    if (edits.length === 0) break;
    for (const { start, end, text: after } of edits) {
      const line = text.slice(0, start).split('\n').length;
      mended.push({ line, before: text.slice(start, end).trim(), after });
    }
    text = applyEdits(text, edits);
  }
  if (text !== before) {
    const target = await realpath(file); // a link stays a link
    await writeFileSafely(target, text, { mode: (await stat(target)).mode & 0o777 });
  }
  return mended;
}

/** The edits for what is wrong with a text; none if it is right, or wrong in a way that a person must decide. */
async function editsOf(given: string, options: ReadPlanOptions): Promise<TextEdit[]> {
  try {
    const { findings, text } = await prepareRun(given, options);
    return findingEdits(findings, text);
  } catch (error) {
    if (error instanceof InvalidSource) {
      return error.problems.flatMap(({ edit }) => (edit === undefined ? [] : [edit]));
    }
    if (error instanceof HarnessError) return [];
    throw error;
  }
}
