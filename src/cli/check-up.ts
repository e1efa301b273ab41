import { freePorts, isFree } from '../kafka/broker/free-port.js';
import type { Check } from '../model/check.js';
import { messageOf } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { SparkRequest } from '../model/spark-request.js';
import { checkArchive } from '../run/archive/check-archive.js';
import { checkMachine } from '../toolchain/checks/check-machine.js';
import { checkToolchain } from '../toolchain/checks/check-toolchain.js';

/**
 * Runs every check of `doctor`, in the order in which a run needs them; what several Sparks have in common is told once.
 * Changes nothing.
 */
export async function checkUp(host: Host, sparks: readonly SparkRequest[]): Promise<Check[]> {
  const found: Check[] = [];
  for (const { version, home } of sparks) {
    const options = {
      host,
      ...(version === undefined ? {} : { sparkVersion: version }),
      ...(home === undefined ? {} : { sparkHome: home }),
    };
    found.push(...(await checkToolchain(options)), ...(await checkArchive(options)));
  }
  return [...eachOnce(found), await checkPorts(), ...(await checkMachine(host))];
}

/** In the order of their names, so that those of several Sparks stand together. */
function eachOnce(checks: readonly Check[]): Check[] {
  const names = [...new Set(checks.map(({ name }) => name))];
  const different = new Map(checks.map((one) => [JSON.stringify(one), one]));
  return names.flatMap((name) => [...different.values()].filter((one) => one.name === name));
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
