import type { CommandModule } from 'yargs';
import type { CommandContext } from './command-context.js';

/** A command by what its help shows. Its options and all that it needs to run are loaded when it is called. */
interface ListedCommand {
  /** As yargs reads it: `plan [file]`. */
  readonly command: string;
  readonly describe: string;
  readonly load: () => Promise<(context: CommandContext) => CommandModule>;
}

/** Every command, in help order. */
const commandList: readonly ListedCommand[] = [
  {
    command: 'setup [file]',
    describe: 'Install whatever is missing: Spark, the Kafka connector and a broker',
    load: async () => (await import('./commands/setup.js')).setupCommand,
  },
  {
    command: 'doctor [file]',
    describe: 'Check this machine, and name the command that fixes each problem',
    load: async () => (await import('./commands/doctor.js')).doctorCommand,
  },
  {
    command: 'init [script]',
    describe: 'Write an experiment for your own script, after a look at it and a few questions',
    load: async () => (await import('./commands/job/init.js')).initCommand,
  },
  {
    command: 'run [file]',
    describe: 'Run an experiment: from Kafka to the table and the report',
    load: async () => (await import('./commands/run.js')).runCommand,
  },
  {
    command: 'plan [file]',
    describe:
      'Show how long an experiment takes, what runs, and whether it can count; start nothing',
    load: async () => (await import('./commands/plan.js')).planCommand,
  },
  {
    command: 'lint [file]',
    describe:
      'Find what is wrong with an experiment: knobs without effect, values, too few records',
    load: async () => (await import('./commands/lint.js')).lintCommand,
  },
  {
    command: 'knobs [key]',
    describe:
      'Show what a knob does, when it has an effect and what it costs to change; or list all',
    load: async () => (await import('./commands/knobs.js')).knobsCommand,
  },
  {
    command: 'runs',
    describe: 'List the runs in the results folder, the newest first',
    load: async () => (await import('./commands/stored/runs.js')).runsCommand,
  },
  {
    command: 'resume <dir>',
    describe:
      'Continue a run that crashed or was interrupted; no finished trial is lost or repeated',
    load: async () => (await import('./commands/stored/resume.js')).resumeCommand,
  },
  {
    command: 'status <dir>',
    describe: 'Show how far a run is, what failed, and when it will end',
    load: async () => (await import('./commands/stored/status.js')).statusCommand,
  },
  {
    command: 'serve [dir]',
    describe: 'Show a run in the browser: live while it goes on, with its topics',
    load: async () => (await import('./commands/stored/serve.js')).serveCommand,
  },
  {
    command: 'report <dir>',
    describe: 'Rebuild every report from the stored trials of a run, finished or not',
    load: async () => (await import('./commands/stored/report.js')).reportCommand,
  },
  {
    command: 'answers <dir>',
    describe: 'Answer from what was measured: what the settings did, and which were the best',
    load: async () => (await import('./commands/stored/answers.js')).answersCommand,
  },
  {
    command: 'compare <before> <after>',
    describe: 'Compare two runs, two configurations of one, or logs; exit code 1 with --fail-on',
    load: async () => (await import('./commands/stored/compare.js')).compareCommand,
  },
  {
    command: 'import <files..>',
    describe: 'Measure the streaming queries in logs that exist already, without verdicts',
    load: async () => (await import('./commands/stored/import.js')).importCommand,
  },
  {
    command: 'diagnose <files..>',
    describe: 'Look for what slows a streaming query down, in its log alone',
    load: async () => (await import('./commands/stored/diagnose.js')).diagnoseCommand,
  },
  {
    command: 'generate [file]',
    describe: 'Print a stand-alone data_stream.py for one configuration',
    load: async () => (await import('./commands/generate.js')).generateCommand,
  },
  {
    command: 'submit [file]',
    describe: 'Run one configuration once, in the foreground, with the Spark UI on',
    load: async () => (await import('./commands/job/submit.js')).submitCommand,
  },
  {
    command: 'kafka <action>',
    describe: 'A local Kafka broker of your own: up, down, status',
    load: async () => (await import('./commands/broker/kafka.js')).kafkaCommand,
  },
  {
    command: 'cluster <action>',
    describe: 'A Spark cluster of your own on this machine: up, down, status',
    load: async () => (await import('./commands/broker/cluster.js')).clusterCommand,
  },
  {
    command: 'topic <action>',
    describe: 'Topics of a broker: create, list, describe, delete',
    load: async () => (await import('./commands/broker/topic.js')).topicCommand,
  },
  {
    command: 'produce',
    describe:
      'Send generated records, or those of a file, to a topic; give --count, --rate or --file',
    load: async () => (await import('./commands/broker/produce.js')).produceCommand,
  },
  {
    command: 'consume',
    describe: 'Print the records of a topic, one per line',
    load: async () => (await import('./commands/broker/consume.js')).consumeCommand,
  },
];

/**
 * The commands that a line may mean: the one that it names, the names alone where it only asks for help, else all of them.
 * A command's module brings half of the program with it, so `--help` would take as long as a run takes to begin.
 */
export async function commandsFor(
  typed: readonly string[],
  context: CommandContext,
): Promise<CommandModule[]> {
  const named = typed.flatMap(
    (word) => commandList.find(({ command }) => wordOf(command) === word) ?? [],
  );
  const [first = '-'] = typed;
  const [one] = named;
  if (one !== undefined && wordOf(one.command) === first) return [await loaded(one, context)];
  if (first.startsWith('-') && first !== '--get-yargs-completions' && one === undefined) {
    return commandList.map(({ command, describe }) => ({
      command,
      describe,
      handler: () => undefined,
    }));
  }
  return await Promise.all(commandList.map(async (listed) => await loaded(listed, context)));
}

function wordOf(command: string): string {
  return command.split(' ')[0] ?? command;
}

async function loaded(
  { command, describe, load }: ListedCommand,
  context: CommandContext,
): Promise<CommandModule> {
  return { ...(await load())(context), command, describe };
}
