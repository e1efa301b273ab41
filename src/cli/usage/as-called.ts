import type { Host } from '../../model/host.js';
import { shellWord } from '../../model/shell-word.js';

/** The commands that texts name; a test holds that none of the help's commands is missing. */
const commands =
  'setup|doctor|init|run|plan|lint|knobs|resume|runs|status|serve|report|answers|compare|import|diagnose|generate|submit|kafka|cluster|topic|produce|consume|completion';
const named = new RegExp(
  `(?<!npx )(?<![\\w/.-])streamtune (?=(?:${commands}|COMMAND|--help)\\b)`,
  'g',
);

/** The program as this call named it, ready to paste: `streamtune`, `npx streamtune` or `node bin/streamtune.js`. */
export function programOf({ argv }: Pick<Host, 'argv'>): string {
  const [program = 'streamtune', script = ''] = argv;
  return program === 'node' || program === 'npx' ? `${program} ${shellWord(script)}` : program;
}

/** A text for people in which each command of streamtune is written as this call was. */
export function asCalled(text: string, host: Pick<Host, 'argv'>): string {
  return text.replaceAll(named, () => `${programOf(host)} `);
}
