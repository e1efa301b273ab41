import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Assignment } from '../../src/model/knob.js';
import { projectPath } from '../../src/process/project-paths.js';

/** The knobs of each experiment on the page about clusters that is followed by what is handed over for it, and that. */
export function documentedArguments(): {
  readonly knobs: Assignment;
  readonly words: readonly string[];
}[] {
  const page = readFileSync(projectPath('docs/clusters.md'), 'utf8');
  return [...page.matchAll(/^```yaml\n([^`]*)^```\n\nit is\n\n```text\n([^`]*)^```$/gm)].map(
    ([, yaml = '', text = '']) => ({
      knobs: (parse(yaml) as { readonly knobs: Assignment }).knobs,
      words: text.trim().split(/\s+/),
    }),
  );
}
