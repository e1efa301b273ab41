import type { ReportModel } from '../../../model/run/report-model.js';
import type { DataSpec } from '../../../model/experiment.js';
import { shellWord } from '../../../model/shell-word.js';
import { count, plural } from '../wording.js';

/** On what a run was made, and from which inputs: a name and a value each. */
export function environmentRows(model: ReportModel): readonly (readonly [string, string])[] {
  const { machine, versions, broker, hashes, streamtuneVersion } = model.run.manifest;
  const { data, design } = model.run.experiment;
  const gibibytes = (machine.memoryBytes / 2 ** 30).toFixed(1);
  return [
    [
      'machine',
      `${machine.platform}, ${count(machine.cpuCount)} × ${machine.cpuModel}, ${gibibytes} GiB`,
    ],
    ['Spark', versions.spark],
    ['Kafka', [...new Set([versions.kafka, broker])].join(', ')],
    ['Java', versions.java],
    ['Python', versions.python],
    ['Node', versions.node],
    ['streamtune', streamtuneVersion],
    ['data', `${dataText(data)} (dataset ${hashes.dataset})`],
    ['blocks and seed', `${plural(design.blocks, 'block')}, seed ${String(design.seed)}`],
    ['experiment, SHA-256', hashes.experiment],
  ];
}

function dataText(data: DataSpec): string {
  switch (data.kind) {
    case 'generated':
      return `${count(data.records)} generated records, seed ${String(data.seed)}`;
    case 'file':
      return `the records of ${data.path}`;
    case 'topic':
      return data.records === undefined
        ? `the records of the topic ${data.topic} when the run started`
        : `the newest ${count(data.records)} records of the topic ${data.topic} when the run started`;
    case 'command':
      return `${count(data.records)} records written by ${data.command.map(shellWord).join(' ')}`;
  }
}
