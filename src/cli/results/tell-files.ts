import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { printable } from '../../model/printable.js';
import { tell, type CommandContext } from '../command-context.js';

/**
 * Says where a run's files for people are, the page to look at last. On a terminal that has a line of its own and is a link
 * (OSC 8, "Hyperlinks in Terminal Emulators").
 */
export function tellFiles(
  context: CommandContext,
  folder: string,
  { answers }: { readonly answers: boolean },
): void {
  const { err } = context.host;
  const page = join(folder, 'report.html');
  const texts = [
    `Report: ${join(folder, 'report.md')}`,
    ...(answers ? [`Answers: ${join(folder, 'answers.md')}`] : []),
  ].join('   ');
  if (err.links !== true) {
    tell(context, `${texts}   To look at: ${page}`);
    return;
  }
  tell(context, texts);
  const { href } = pathToFileURL(page);
  err.writeRaw(`To look at: \u001b]8;;${href}\u001b\\${printable(page)}\u001b]8;;\u001b\\\n`);
}
