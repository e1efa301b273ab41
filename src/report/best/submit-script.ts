import { shellWord } from '../../model/shell-word.js';
import type { StandAloneJob } from '../../model/stand-alone-job.js';
import { comments } from './spark-defaults.js';

interface Submitted {
  readonly job: StandAloneJob;
  /** The Kafka connector, `GROUP:ARTIFACT:VERSION`. */
  readonly connector: string;
  /** The Spark that the trials ran with. */
  readonly sparkVersion: string;
}

/** `submit.sh`: the whole call, for Bash; it works from any folder, and hands its arguments on to spark-submit. */
export function submitScript(
  { job, connector, sparkVersion }: Submitted,
  head: readonly string[],
): string {
  const { script, mainClass, application, pyFiles, env } = job;
  const words = [
    '"${SPARK_HOME:+$SPARK_HOME/bin/}spark-submit"',
    '--properties-file "$here/spark-defaults.conf"',
    `--packages ${shellWord(connector)}`,
    ...(pyFiles.length === 0 ? [] : [`--py-files ${shellWord(pyFiles.join(','))}`]),
    ...(mainClass === undefined ? [] : [`--class ${shellWord(mainClass)}`]),
    '"$@"',
    [
      ...(script === undefined ? [] : ['"$(basename "$SCRIPT")"']),
      ...application.map(shellWord),
    ].join(' '),
  ];
  return [
    '#!/usr/bin/env bash',
    ...head.flatMap(comments),
    '#',
    ...[
      ...job.notes,
      `Measured with Spark ${sparkVersion}: --packages names the connector of that version.`,
      'Options given to this script go to spark-submit: bash submit.sh --master yarn',
    ].flatMap(comments),
    'set -euo pipefail',
    'here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)',
    ...(script === undefined ? [] : [`SCRIPT=${shellWord(script)}`]),
    script === undefined ? 'cd "$here"' : 'cd "$(dirname "$SCRIPT")"',
    ...Object.entries(env).map(([key, value]) => `export ${key}=${shellWord(value)}`),
    `exec ${words.join(' \\\n  ')}`,
    '',
  ].join('\n');
}
