import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigurationCost } from '../../src/model/cost.js';
import { quickJvmLine } from './quick-jvm.js';

/** Writes an experiment whose real trials take some ten seconds each, and returns its path. */
export function smallNight(folder: string, sections = ''): string {
  const file = join(folder, 'night.yaml');
  writeFileSync(
    file,
    `version: 1
name: night
data: { records: 12000 }
knobs:
  spark.master: local[2]
  topic.partitions: 2
  source.maxOffsetsPerTrigger: 500
  spark.sql.shuffle.partitions: 2
${quickJvmLine}
${sections}`,
  );
  return file;
}

export interface TrialSummary {
  readonly id: string;
  readonly outcome: string;
  readonly reason: string | null;
}

interface ConfigurationSummary {
  readonly levels: Readonly<Record<string, string | number>>;
  readonly cost: ConfigurationCost | null;
  readonly trials: readonly TrialSummary[];
}

/** What `summary.json` of a run says of its state, its configurations, and every trial. */
export function readSummary(run: string): {
  readonly state: string;
  readonly configurations: readonly ConfigurationSummary[];
  readonly trials: readonly TrialSummary[];
} {
  const { state, configurations } = JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8')) as {
    state: string;
    configurations: readonly ConfigurationSummary[];
  };
  return { state, configurations, trials: configurations.flatMap(({ trials }) => trials) };
}
