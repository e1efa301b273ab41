import { setTimeout as sleep } from 'node:timers/promises';
import { HarnessError } from '../../model/harness-error.js';
import type { Service } from '../../process/service.js';

/** Whether a broker could not listen because another program has its port. */
export async function portWasTaken(service: Service): Promise<boolean> {
  const tail = await service.logTail(40);
  return tail.some((line) => /Address already in use|BindException/.test(line));
}

/** Why a broker that had responded before has ended: DISK_FULL or BROKER_ENDED; undefined if it still runs. */
export async function whyEnded(
  service: Service,
  directory: string,
): Promise<HarnessError | undefined> {
  // A broker that has just refused a connection may need a moment to exit.
  await Promise.race([service.ended, sleep(3_000, undefined, { ref: false })]);
  if (service.isRunning()) return undefined;
  const tail = await service.logTail(200);
  if (tail.some((line) => line.includes('No space left on device'))) {
    return new HarnessError({
      code: 'DISK_FULL',
      message: `The embedded Kafka broker stopped: no space left for its data in ${directory}.`,
      hint: 'Free some space, or put the results elsewhere with --results; a record takes about 500 bytes.',
    });
  }
  return new HarnessError({
    code: 'BROKER_ENDED',
    message: `The embedded Kafka broker stopped. The end of its log:\n    ${tail.slice(-8).join('\n    ')}`,
    hint: 'See the lines above; `streamtune doctor` checks memory and disk.',
  });
}

/** The error for a broker that ended, or took too long, before it responded. */
export async function notReady(service: Service, logFile: string): Promise<HarnessError> {
  const tail = await service.logTail(8);
  return new HarnessError({
    code: 'BROKER_NOT_READY',
    message: `The embedded Kafka broker did not become ready. The end of ${logFile}:\n    ${tail.join('\n    ')}`,
    hint: 'See the lines above; `streamtune doctor` checks ports, memory and disk.',
  });
}

/** The error for a requested port that is in use. */
export function portInUse(port: number): HarnessError {
  return new HarnessError({
    code: 'PORT_IN_USE',
    message: `Port ${String(port)} of 127.0.0.1 is in use.`,
    hint: `Choose another with --port, or stop what listens there: ss -ltnp 'sport = :${String(port)}'`,
  });
}
