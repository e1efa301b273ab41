import type { Experiment } from '../../../model/experiment.js';
import { sparkVersionKnob } from '../../../model/knob.js';
import type { ReportModel } from '../../../model/run/report-model.js';
import type { SparkOfRun } from '../../../model/run/run-record.js';
import { code, sentence, type Sentence } from '../sentence.js';

/** What a difference between versions of Spark means, and what each of them is; empty where no version is varied. */
export function versionSentences({ run }: ReportModel): Sentence[] {
  if (!isVersionVaried(run.experiment)) return [];
  return [
    sentence`${code(sparkVersionKnob)} is many changes at once: Spark itself, the Scala and the Kafka client that come with it, and each default that is another one. A difference between two versions is that of all of them together, and says nothing about a single one.`,
    ...(run.manifest.sparks ?? []).map(sparkSentence),
  ];
}

/** The same before a run, in plain text. */
export function versionOutlook(experiment: Experiment): string | undefined {
  const levels = experiment.factors.find(({ key }) => key === sparkVersionKnob)?.levels;
  if (levels === undefined) return undefined;
  const versions = [...new Set([experiment.baseline[sparkVersionKnob] ?? null, ...levels])];
  return `Spark ${versions.map(String).join(', ')}: each with its own environment and connector, installed where it is missing. A version is many changes at once.`;
}

function isVersionVaried({ factors }: Experiment): boolean {
  return factors.some(({ key }) => key === sparkVersionKnob);
}

function sparkSentence({ version, scala, java, python, kafkaClient }: SparkOfRun): Sentence {
  const client = kafkaClient === undefined ? '' : `, Kafka client ${kafkaClient}`;
  return sentence`Spark ${version}: Scala ${scala}, Java ${java}, Python ${python}${client}.`;
}
