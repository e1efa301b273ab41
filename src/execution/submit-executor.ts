import { readFile, rm, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import {
  readsCanary,
  type Executor,
  type LaunchContext,
  type TrialEnd,
  type TrialEvidence,
} from '../model/trial/executor.js';
import type { ExecutorsSeen } from '../model/executors-seen.js';
import type { MeasurementSpec } from '../model/experiment.js';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import { isSet, type Assignment } from '../model/knob.js';
import type { Job, StopAfter, TrialFiles, TrialInput } from '../model/trial/job.js';
import type { Trial } from '../model/trial/plan.js';
import type { TrialEnvironment } from '../model/trial-environment.js';
import type { ProgressEvent } from '../model/trial/progress-event.js';
import type { ClusterThen, InvalidCause } from '../model/trial/outcome.js';
import { clientReferences } from '../model/kafka-client-settings.js';
import { referencesIn } from '../model/secret.js';
import { targetOf } from '../model/target.js';
import type { Command } from '../process/command.js';
import { readOomKills } from '../machine/machine-reserves.js';
import { runCommand, type CommandResult } from '../process/run-command.js';
import type { Secrets } from '../process/secrets.js';
import { readEffectiveConf } from '../spark/effective-conf.js';
import { completeQueryResults } from '../spark/query-results.js';
import { parseScriptRecord, scriptRecordFile } from '../spark/script-record.js';
import type { QueryWanted } from '../measure/deciding-query.js';
import { measuredEnd } from './measured-end.js';
import { speedCanary, type SpeedCanary } from './speed-canary.js';
import { submitCommand, writeSparkConf } from '../spark/submit-command.js';
import { endOf, problemsIn } from './process-end.js';
import { processPerTrial } from './process-per-trial.js';
import { watchTrial } from './trial-watchdogs.js';
import type { SharedFolder } from './cluster/shared-folder.js';
import { withHolders } from './cluster/who-holds.js';
import { lossProblem, watchExecutors } from './cluster/watch-executors.js';
import { watchApplication } from './cluster/yarn-application.js';

export interface SubmitSettings {
  readonly job: Job;
  /** With what a configuration is submitted. */
  readonly environmentOf: (knobs: Assignment) => TrialEnvironment;
  readonly env: Host['env'];
  readonly measurement: MeasurementSpec & QueryWanted;
  readonly secrets: Secrets;
  readonly inputOf: (trial: Trial) => TrialInput;
  /** Where executors on other machines find what a trial writes; if absent, its own scratch folder. */
  readonly shared?: SharedFolder | undefined;
  /** Asks the cluster of a configuration who has its cores. */
  readonly clusterOf?: (knobs: Assignment) => Promise<ClusterThen | undefined>;
  /** Called with each line that the job or Spark writes. */
  readonly onLine?: (line: string) => void;
}

/** The real executor: one fresh `spark-submit` per trial. */
export function createSubmitExecutor(settings: SubmitSettings): Executor {
  return processPerTrial(async (trial, context, onEvent) => {
    const startedAt = performance.now();
    const shared = settings.shared?.placeOf(trial);
    const files = filesOf(context.directoryOf(trial), shared?.path);
    try {
      const { command, topic, endAfter } = await prepare(settings, trial, files);
      const parts = { settings, trial, files, topic, context, onEvent, endAfter };
      const evidence = await runJob(command, parts);
      return { ...evidence, wallMs: performance.now() - startedAt };
    } finally {
      await rm(files.scratch, { recursive: true, force: true });
      await shared?.clear().catch(() => undefined); // the run's own end clears the rest
    }
  });
}

export function filesOf(directory: string, shared?: string): TrialFiles {
  return {
    ...(shared === undefined ? {} : { shared }),
    directory,
    scratch: join(directory, 'scratch'),
    progress: join(directory, 'progress.ndjson'),
    effectiveConf: join(directory, 'effective-conf.json'),
  };
}

/** Writes the trial's files and returns the command; `request.json` records it without the passwords. */
async function prepare(
  { job, environmentOf, env, secrets, inputOf, shared }: SubmitSettings,
  trial: Trial,
  files: TrialFiles,
): Promise<Pick<Submitted, 'topic' | 'endAfter'> & { readonly command: Command }> {
  const { knobs } = trial.configuration;
  const input = inputOf(trial);
  await writeSparkConf(files, targetOf(knobs));
  const submission = await job.prepare(trial, files, input);
  const environment = environmentOf(knobs);
  const sparkJars = bringsJars(knobs)
    ? await shared?.jarsOf(environment.toolchain.spark)
    : undefined;
  const command = submitCommand({ ...environment, env, knobs, files, submission, sparkJars });
  const request = { trial, topic: input.topic, records: input.records, command };
  await writeFile(join(files.directory, 'request.json'), `${JSON.stringify(request, null, 2)}\n`);
  const references = [
    ...Object.values(knobs).flatMap(referencesIn),
    ...clientReferences(input.endpoint),
  ];
  return {
    command: { ...command, env: { ...secrets.envFor(references), ...command.env } },
    topic: input.topic,
    endAfter: submission.endAfter ?? {},
  };
}

/** Whether YARN gets Spark's own jars with each trial, unless they are there already. */
function bringsJars(knobs: Assignment): boolean {
  const named = ['spark.yarn.jars', 'spark.yarn.archive'].some((key) => isSet(knobs, key));
  return targetOf(knobs).kind === 'yarn' && !named;
}

interface Submitted {
  readonly settings: SubmitSettings;
  readonly trial: Trial;
  readonly files: TrialFiles;
  /** The topic that holds the trial's records. */
  readonly topic: string;
  readonly context: LaunchContext;
  readonly onEvent: (event: ProgressEvent) => void;
  readonly endAfter: StopAfter;
}

/** Runs the command to its end, and collects the evidence. */
async function runJob(command: Command, parts: Submitted): Promise<Omit<TrialEvidence, 'wallMs'>> {
  const { settings, trial, files, topic, context, onEvent, endAfter } = parts;
  const { query, timeLimitSeconds: limitSeconds } = settings.measurement;
  const events: ProgressEvent[] = [];
  const oomKills = await readOomKills();
  const canary = canaryOf(command, parts);
  using watchdogs = watchTrial(settings.measurement, trial.configuration.knobs, files);
  using measured = measuredEnd({ query, ...endAfter, topic });
  using executors = watchExecutors();
  const application = applicationOf(parts);
  const running = start(command, parts, { watchdogs, executors, measured, application });
  const endHere = (): TrialEnd | undefined =>
    measured.signal.aborted ? { kind: 'ended' } : (watchdogs.end() ?? executors.end());
  for await (const event of settings.job.progress.read(files, running)) {
    watchdogs.onEvent(event);
    executors.onEvent(event);
    if (!watchdogs.signal.aborted) measured.onEvent(event);
    if (event.kind === 'started') canary?.begin();
    events.push(event);
    onEvent(event);
  }
  const { readings, problem } = (await canary?.end()) ?? noCanary;
  const ended = await running.catch(canceled);
  if (ended === 'canceled' || ended.exitCode !== 0) await application.kill();
  const outOfMemory = (await readOomKills()) !== oomKills;
  const stopped = ended === 'canceled' && !context.signal.aborted ? endHere() : undefined;
  const end =
    stopped ?? endOf({ ended, events, outOfMemory, limitSeconds, waited: executors.end() });
  return {
    ...{ events, topic },
    canary: readings,
    offered: null,
    ...(await endAndExecutors(end, executors.seen(), parts)),
    problems: [...problemsIn(ended), ...problemsBeside(problem, lossProblem(executors.seen()))],
    ...(await keptFiles(files)),
  };
}

/** How it ended, with who held the cluster if it got nothing of it. */
async function endAndExecutors(
  end: TrialEnd,
  seen: ExecutorsSeen | undefined,
  { settings, trial }: Submitted,
) {
  const ask = () => settings.clusterOf?.(trial.configuration.knobs) ?? Promise.resolve(undefined);
  return {
    end: await withHolders(end, ask),
    ...(seen === undefined ? {} : { executors: seen }),
  };
}

/** The evidence that the launcher has left in files. */
async function keptFiles(files: TrialFiles) {
  return {
    effectiveConf: await readEffectiveConf(files.effectiveConf),
    ...(await scriptPart(files)),
    ...(await resultPart(files)),
  };
}

function applicationOf({ settings, trial }: Submitted) {
  const { toolchain } = settings.environmentOf(trial.configuration.knobs);
  return watchApplication({ toolchain, env: settings.env });
}

/** Starts the command within its time limit, its output in the trial's folder. */
function start(
  command: Command,
  { settings, files, context }: Submitted,
  {
    watchdogs,
    executors,
    measured,
    application,
  }: {
    readonly watchdogs: ReturnType<typeof watchTrial>;
    readonly executors: ReturnType<typeof watchExecutors>;
    readonly measured: Pick<ReturnType<typeof measuredEnd>, 'signal'>;
    readonly application: ReturnType<typeof watchApplication>;
  },
): Promise<CommandResult> {
  return runCommand(command, {
    signal: AbortSignal.any([
      context.signal,
      ...[watchdogs.signal, executors.signal, measured.signal],
    ]),
    timeoutMs: settings.measurement.timeLimitSeconds * 1_000,
    masker: settings.secrets.masker,
    onLine: (line) => {
      executors.onLine(line);
      application.onLine(line);
      settings.onLine?.(line);
    },
    files: {
      stdout: join(files.directory, 'stdout.log'),
      stderr: join(files.directory, 'stderr.log'),
    },
    onStart: (pid) => {
      watchdogs.onProcess(pid);
      context.onProcess(pid);
    },
  });
}

function problemsBeside(...problems: readonly (InvalidCause | undefined)[]): InvalidCause[] {
  return problems.filter((one) => one !== undefined);
}

export async function scriptPart(files: TrialFiles): Promise<Pick<TrialEvidence, 'script'>> {
  const text = await readFile(scriptRecordFile(files), 'utf8').catch(() => '');
  const script = parseScriptRecord(text);
  return script === undefined ? {} : { script };
}

export async function resultPart(files: TrialFiles): Promise<Pick<TrialEvidence, 'results'>> {
  const results = await completeQueryResults(files);
  return results === undefined ? {} : { results };
}

export const noCanary = { readings: [], problem: undefined } as const;

/** Only if the whole job is one process on this machine. */
export function canaryOf(
  { env }: Command,
  { settings, trial, files, context }: Pick<Submitted, 'settings' | 'trial' | 'files' | 'context'>,
): SpeedCanary | undefined {
  if (!readsCanary(settings.measurement, context) || platform() !== 'linux') return undefined;
  const { knobs } = trial.configuration;
  if (targetOf(knobs).kind !== 'local') return undefined;
  const { executable: python } = settings.environmentOf(knobs).toolchain.python;
  return speedCanary({ python, env, directory: files.directory, confFile: files.effectiveConf });
}

function canceled(error: unknown): CommandResult | 'canceled' {
  if (error instanceof HarnessError && error.code === 'INTERRUPTED') return 'canceled';
  throw error;
}
