import { freePorts, isFree } from '../kafka/broker/free-port.js';
import type { Check } from '../model/check.js';
import { messageOf } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import { checkArchive } from '../run/archive/check-archive.js';
import { checkMachine } from '../toolchain/checks/check-machine.js';
import { checkToolchain } from '../toolchain/checks/check-toolchain.js';

/** Runs every check of `doctor`, in the order in which a run needs them. Changes nothing. */
export async function checkUp(options: {
  readonly host: Host;
  readonly sparkVersion?: string;
}): Promise<Check[]> {
  return [
    ...(await checkToolchain(options)),
    ...(await checkArchive(options)),
    await checkPorts(),
    ...(await checkMachine(options.host)),
  ];
}

async function checkPorts(): Promise<Check> {
  const name = 'ports';
  try {
    await freePorts(2);
  } catch (error) {
    const finding = `no port of 127.0.0.1 can be listened on: ${messageOf(error)}`;
    return {
      name,
      status: 'problem',
      finding,
      fix: 'Bring up the loopback interface: ip link set lo up',
    };
  }
  return (await isFree(9092))
    ? { name, status: 'ok', finding: '127.0.0.1 has free ports, 9092 too' }
    : {
        name,
        status: 'ok',
        finding: '127.0.0.1 has free ports; 9092 is in use, so `kafka up` needs --port',
      };
}
