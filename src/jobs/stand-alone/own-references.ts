import type { OwnPlaces } from '../../model/stand-alone-job.js';
import { securityReferences, type withValues } from '../script/knob-references.js';

/** What takes the place of a trial's values in the arguments of a job that its owner runs. */
export function ownReferences({
  bootstrapServers,
  topic,
  security = { protocol: 'PLAINTEXT' },
}: OwnPlaces): Parameters<typeof withValues>[2] {
  return {
    'kafka.bootstrapServers': bootstrapServers,
    'kafka.topic': topic,
    'kafka.outputTopic': `${topic}-counts`,
    'kafka.startingOffsets': 'earliest',
    ...securityReferences({ security }),
    'trial.checkpoint': 'checkpoint',
    'trial.output': 'output',
  };
}
