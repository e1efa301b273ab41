import type { Diagnosis } from '../../model/log/diagnosis.js';
import { queryName } from '../imported/log-words.js';
import { wrapText } from '../terminal/wrap-text.js';
import { count } from '../words/wording.js';
import { settlingExperiment } from './settling-experiment.js';
import { symptomText } from './symptom-text.js';

/** What was found of each query, with its figures and what would settle it, for a terminal of this many columns. */
export function renderDiagnoses(diagnoses: readonly Diagnosis[], width: number): string {
  const caution =
    'None of this is proof: a log shows what happened, not what another setting would do.';
  return [
    ...diagnoses.flatMap((one) => [...renderQuery(one, width), '']),
    ...wrapText(caution, width, '  '),
  ].join('\n');
}

/** The same for programs: each symptom with its figures and its experiment in YAML, null if no setting would settle it. */
export function renderDiagnosesJson(diagnoses: readonly Diagnosis[]): string {
  const queries = diagnoses.map(({ query: { runId, name }, symptoms }) => ({
    runId,
    name,
    symptoms: symptoms.map((symptom) => ({
      ...symptom,
      ...symptomText(symptom),
      experiment: settlingExperiment(symptom) ?? null,
    })),
  }));
  return JSON.stringify({ version: 1, queries }, null, 2);
}

function renderQuery({ query, symptoms }: Diagnosis, width: number): string[] {
  const { counted, batches } = query.measurement.counts;
  const basis = `${queryName(query)}, from ${count(counted)} of ${count(batches)} progress events:`;
  const few = counted < 10 ? ['Too few batches count to ask most of the questions.'] : [];
  const none = symptoms.length === 0 && counted >= 10 ? ['Nothing found.'] : [];
  return [
    ...wrapText(basis, width),
    ...[...few, ...none].flatMap((text) => wrapText(`  ${text}`, width, '  ')),
    ...symptoms.flatMap((symptom) => {
      const { title, figures } = symptomText(symptom);
      const experiment = settlingExperiment(symptom);
      return [
        '',
        ...wrapText(`* ${title}. ${figures}`, width, '  '),
        ...(experiment === undefined
          ? ['  To settle it, change the job; no setting does.']
          : ['  To settle it:', '', ...experiment.split('\n').map((line) => `    ${line}`)]),
      ];
    }),
  ];
}
