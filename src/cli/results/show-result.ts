import { exitCodes } from '../../model/error-catalogue.js';
import type { ReportModel } from '../../model/run/report-model.js';
import { writeExport } from '../../process/output/export-file.js';
import { renderSummary } from '../../report/summary-json.js';
import { renderTerminal } from '../../report/terminal-table.js';
import { print, printMarked, tell, type CommandContext } from '../command-context.js';
import { inkFor } from '../ink-for.js';
import { failIfText } from './fail-if.js';
import type { ResultWishes } from './result-options.js';

/**
 * Prints a result, writes the files that were asked for, and sets the exit code that --fail-if asks for. `after` says
 * where the run's own files are, also where the rest is lost. Throws OUTPUT_LOST.
 */
export async function showResult(
  context: CommandContext,
  { json, exports, failIf }: ResultWishes,
  { model, after }: { readonly model: ReportModel; readonly after: () => Promise<void> },
): Promise<void> {
  const failed = failIfText(model, failIf);
  if (failed !== undefined) context.exitCode = exitCodes.failedTrials;
  try {
    await writeExports(exports, model);
    const { out } = context.host;
    if (json) print(context, renderSummary(model).trimEnd());
    else printMarked(context, renderTerminal(model, out.columns, inkFor(out)));
  } finally {
    if (failed !== undefined) tell(context, failed);
    await after();
  }
}

/** Writes the files that were asked for. Throws OUTPUT_LOST. */
export async function writeExports(
  exports: ResultWishes['exports'],
  model: ReportModel,
): Promise<void> {
  for (const { file, render } of exports) await writeExport(file, render(model));
}
