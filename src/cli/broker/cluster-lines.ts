import type { MasterView, WorkerView } from '../../cluster/ask-master.js';
import { clusterNotes, nobodyAnswers } from '../../cluster/check-clusters.js';
import type { ClusterSurvey } from '../../cluster/survey-clusters.js';
import { plural } from '../../report/words/wording.js';

/** A cluster as people read it: its address, then a line for each worker. */
export function clusterLines({ url, status, workers, applications }: MasterView): string {
  const running = applications.length === 0 ? 'no application' : applications.join(', ');
  const lines = workers.map(({ host, isAlive, ...one }) =>
    isAlive
      ? `  worker on ${host}: ${String(one.coresFree)} of ${plural(one.cores, 'core')} free, ${String(one.memoryFreeMb)} of ${String(one.memoryMb)} MiB free`
      : `  worker on ${host}: gone`,
  );
  return [`${status.toLowerCase()} at ${url}, ${running}`, ...lines].join('\n');
}

/** What a plan says of a cluster: what is alive there, or that nobody answers, which keeps no plan from being made. */
export function surveyLines(survey: ClusterSurvey): string[] {
  const { master, answers, view } = survey;
  if (!answers) {
    return [`${nobodyAnswers(survey)}, so whether its workers have room is not checked yet.`];
  }
  if (view === null) return clusterNotes(survey);
  const [own] = master.startsWith('local-cluster') ? view.workers : [];
  if (own !== undefined) {
    const each = `${plural(own.cores, 'core')} and ${String(own.memoryMb)} MiB`;
    const workers = `${plural(view.workers.length, 'worker')} of its own, with ${each} each`;
    return [`${master} gives each driver ${workers}.`, ...clusterNotes(survey)];
  }
  const alive = view.workers.filter(({ isAlive }) => isAlive);
  const sum = (of: (one: WorkerView) => number) => alive.reduce((total, one) => total + of(one), 0);
  const cores = `${String(sum((one) => one.coresFree))} of ${plural(
    sum((one) => one.cores),
    'core',
  )}`;
  const memory = `${String(sum((one) => one.memoryFreeMb))} of ${String(sum((one) => one.memoryMb))} MiB`;
  return [
    `${master} has ${plural(alive.length, 'worker')} alive: ${cores} and ${memory} free.`,
    ...clusterNotes(survey),
  ];
}
