import type { ReportModel } from '../../../model/run/report-model.js';
import { count, plural } from '../wording.js';

/** On what a run was made, and from which inputs: a name and a value each. */
export function environmentRows(model: ReportModel): readonly (readonly [string, string])[] {
  const { machine, versions, broker, hashes, streamtuneVersion } = model.run.manifest;
  const { data, design } = model.run.experiment;
  const gibibytes = (machine.memoryBytes / 2 ** 30).toFixed(1);
  const source =
    data.kind === 'generated'
      ? `${count(data.records)} generated police calls, seed ${String(data.seed)}`
      : `${data.anySchema === true ? 'the records' : 'police calls'} of ${data.path}`;
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
    ['data', `${source} (dataset ${hashes.dataset})`],
    ['blocks and seed', `${plural(design.blocks, 'block')}, seed ${String(design.seed)}`],
    ['experiment, SHA-256', hashes.experiment],
  ];
}
