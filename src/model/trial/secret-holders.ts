import type { KafkaEndpoint } from '../kafka-endpoint.js';
import { clientReferences } from '../kafka-client-settings.js';
import type { Assignment } from '../knob.js';
import { referencesIn, type SecretReference } from '../secret.js';

/** What of a trial may refer to passwords. */
export interface SecretHolders {
  readonly knobs: Assignment;
  readonly endpoint: KafkaEndpoint;
}

/** The references to passwords in a trial's knobs and in the settings of its Kafka client. */
export function referencesOf({ knobs, endpoint }: SecretHolders): SecretReference[] {
  return [...Object.values(knobs).flatMap(referencesIn), ...clientReferences(endpoint)];
}
