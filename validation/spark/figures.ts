import type { Control, Verdict } from '../../src/model/run/comparison.js';
import { controlCell, verdictCell } from '../../src/report/words/wording.js';

/** A verdict with its gain on one line; `none` where nothing was judged. */
export function verdictFigure(verdict: Verdict | null | undefined): string {
  return verdict == null ? 'none' : onOneLine(verdictCell(verdict));
}

/** How the baseline compares with itself, on one line. */
export function controlFigure(control: Control | null): string {
  return control === null ? 'not run' : onOneLine(controlCell(control));
}

const onOneLine = (cell: string) => cell.replaceAll('\n', ', ');
